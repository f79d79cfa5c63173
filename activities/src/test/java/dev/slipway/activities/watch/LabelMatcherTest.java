package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelMatcherTest {
    private static final Map<String, String> SERIES =
            Map.of("__name__", "m", "status", "503", "path", "/a\"b\\c", "text", "one\ntwo");

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "m|true",
                "n|false",
                "m{status=\"503\"}|true",
                "m{status=\"50\"}|false",
                "m{status!=\"503\"}|false",
                "m{status!=\"500\"}|true",
                "m{status='503'}|true",
                "m{status=`503`}|true",
                "m{absent=\"\"}|true",
                "m{absent!=\"\"}|false",
                "m{absent!=\"x\"}|true",
                "m{status=\"503\",path=\"x\"}|false",
                "m{path=\"/a\\\"b\\\\c\"}|true",
                "m{path=`/a\"b\\c`}|true",
                "m{path=\"\\x2fa\\u0022b\\134c\"}|true",
                "m{text=\"one\\ntwo\"}|true",
                "m{__name__=\"m\"}|true"
            })
    void equalsOrNot(String selector, boolean matches) {
        assertThat(LabelMatcher.all(Selector.parse(selector)).test(SERIES)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m{status=~\"5..\"}",
                "m{status=~\"5.*|4.*\"}",
                "m{absent=~\".*\"}",
                "m{text=~\"one.two\"}",
                "m{status!~\"50\"}",
                "m{status!~\"5\"}",
                "m{status=~\"\\\\d+\"}"
            })
    void aRegexSpeaksForTheWholeValue(String selector) {
        assertThat(LabelMatcher.all(Selector.parse(selector)).test(SERIES)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"m{status=~\"50\"}", "m{status=~\"4..|50\"}", "m{absent=~\".+\"}", "m{status!~\"5..\"}"})
    void aPartOfTheValueIsNotEnough(String selector) {
        assertThat(LabelMatcher.all(Selector.parse(selector)).test(SERIES)).isFalse();
    }

    @Test
    void whatJavaKnowsAndRe2DoesNotIsRefused() {
        assertThatThrownBy(() -> LabelMatcher.of("status=~\"(?=5)...\""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(?=5)... is no regex".replace("(?=5)...", "'(?=5)...'"));
        assertThatThrownBy(() -> LabelMatcher.of("status=\"\\q\"")).hasMessageContaining("unknown escape \\q");
    }

    @Test
    void noRegexTakesForEver() {
        Map<String, String> series = Map.of("__name__", "m", "status", "a".repeat(100_000) + "!");

        assertThat(LabelMatcher.all(Selector.parse("m{status=~\"(a+)+b\"}")).test(series))
                .isFalse();
    }
}
