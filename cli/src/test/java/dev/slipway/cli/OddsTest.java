package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OddsTest {
    private final Odds odds = new Odds();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4,400 to 1 against | at most one of 4,400 watches of a healthy version",
                "5.2e4 to 1 against | at most one of 52,000 watches of a healthy version",
                "1.3e551 to 1 against | at most one of a billion watches of a healthy version",
                "130 to 1 in favour | at most one of 130 watches of a bad version",
                "2.1 to 1 against | up to 48 % of the watches of a healthy version",
                "1 to 1 against | up to 100 % of the watches of a healthy version"
            })
    void saysHowOftenChanceWouldDoTheSame(String verdict, String meaning) {
        assertThat(odds.explain("errors: 20 % of 40: " + verdict, true).orElseThrow())
                .startsWith("\"" + verdict + "\"")
                .contains(meaning)
                .endsWith("; docs/analysis.md tells how it is found");
    }

    @Test
    void saysItOnceForEachSide() {
        assertThat(odds.explain("4,400 to 1 against", true)).isPresent();
        assertThat(odds.explain("undecided, 12 to 1 against and 30 to 1 in favour", true)
                        .orElseThrow())
                .startsWith("\"30 to 1 in favour\"");
        assertThat(odds.explain("9 to 1 against and 9 to 1 in favour", true)).isEmpty();
    }

    @Test
    void wantsNoExplanationForWhatIsNoEvidence() {
        assertThat(odds.explain("undecided, nothing against; p 1, fails at 8,000 to 1", true))
                .isEmpty();
    }

    @Test
    void passesOverWhatDecidesNothingUntilSomethingDoes() {
        assertThat(odds.explain("undecided, 1.4 to 1 against", false)).isEmpty();
        assertThat(odds.explain("210 to 1 against", false)).isPresent();
    }
}
