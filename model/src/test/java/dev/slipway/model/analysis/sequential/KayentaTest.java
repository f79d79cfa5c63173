package dev.slipway.model.analysis.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Kayenta's judge sees one number per minute and ranks them. Its three known wrong verdicts, with the requests that those
 * numbers were counted from: a rank does not know how many there were, which is what the verdicts went wrong by.
 */
class KayentaTest {
    private static final Objective OBJECTIVE = Objective.parse("99%");

    @Test
    void aCanaryThatIsAHundredTimesAsBadForSevenMinutesFailsInTheSecond() {
        Trial trial = after(minutes(1_000, new long[] {100, 100}, new long[] {1, 1}));

        assertThat(trial.verdict("errors").word()).isEqualTo("FAILED");
        assertThat(trial.verdict("errors").reason()).startsWith("errors 10 % of 2,000 against 0.1 % of 2,000: ");
    }

    @Test
    void threeGoodMinutesAtTheEndDoNotMakeItGood() {
        Trial trial = after(minutes(
                1_000, new long[] {100, 100, 100, 100, 100, 100, 100, 1, 1, 1}, new long[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1
                }));

        assertThat(trial.verdict("errors").word()).isEqualTo("FAILED");
    }

    /** Four bad events beside none: one to sixteen by a coin, so it is not for a machine to say, but never a pass. */
    @Test
    void aFewErrorsBesideNoneDoNotPass() {
        Trial trial = after(sparse(50, 50));

        assertThat(trial.verdict("errors").word()).isEqualTo("INCONCLUSIVE");
        assertThat(trial.verdict("errors").reason())
                .isEqualTo("errors 1.3 % of 300 against 0 % of 300: undecided, 4.1 to 1 against and nothing in favour");
    }

    /** The same four beside none in twenty times as many requests are evidence. */
    @Test
    void aFewErrorsBesideNoneInFarMoreRequestsFail() {
        Trial trial = after(sparse(50, 1_000));

        assertThat(trial.verdict("errors").word()).isEqualTo("FAILED");
    }

    @Test
    void threeMinutesThatHappenToBeHigherThanThreeOthersAreNoise() {
        Trial trial = after(minutes(1_000, new long[] {12, 13, 14}, new long[] {9, 10, 11}));

        assertThat(trial.verdict("errors").word()).isEqualTo("INCONCLUSIVE");
    }

    private static Scrape[] sparse(long canary, long stable) {
        long[] bad = {0, 1, 2, 1, 0, 0};
        Scrape[] scrapes = new Scrape[bad.length];
        for (int i = 0; i < bad.length; i++) {
            scrapes[i] = new Scrape(Duration.ofMinutes(1), new Events(bad[i], canary), new Events(0, stable));
        }
        return scrapes;
    }

    private static Scrape[] minutes(long requests, long[] canary, long[] stable) {
        Scrape[] scrapes = new Scrape[canary.length];
        for (int i = 0; i < canary.length; i++) {
            scrapes[i] =
                    new Scrape(Duration.ofMinutes(1), new Events(canary[i], requests), new Events(stable[i], requests));
        }
        return scrapes;
    }

    private static Trial after(Scrape... scrapes) {
        Trial trial = AgainstStable.ramp(OBJECTIVE, Risk.OF_A_RELEASE);
        for (Scrape scrape : scrapes) {
            trial = trial.plus(scrape);
        }
        return trial;
    }
}
