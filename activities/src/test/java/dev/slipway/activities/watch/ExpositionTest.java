package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
    private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN = "application/openmetrics-text; version=1.0.0";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "m 1|1",
                "m\t1.5e+03|1500",
                "  m   -0.25  |-0.25",
                "m 3 1700000000000|3",
                "m{} 4|4",
                "m{ } 5|5",
                "m NaN|NaN",
                "m +Inf|Infinity",
                "m Inf|Infinity",
                "m -Inf|-Infinity",
                "m 6 # {trace_id=\"x\"} 0.5|6"
            })
    void readsEveryFormOfAValue(String line, double value) throws Exception {
        assertThat(read(line + "\n")).containsExactly(new Scraped("m", Map.of(), value));
    }

    @Test
    void readsLabelsWithTheirEscapes() throws Exception {
        assertThat(labels("m{a=\"b\",c=\"d e\"} 1")).isEqualTo(Map.of("a", "b", "c", "d e"));
        assertThat(labels("m { a = \"b\" , c=\"d\" , } 1")).isEqualTo(Map.of("a", "b", "c", "d"));
        assertThat(labels("m{a=\"\\\\ \\\" \\n \\d\"} 1")).isEqualTo(Map.of("a", "\\ \" \n \\d"));
        assertThat(labels("m{a=\"{b},c=# \u00fc\"} 1")).isEqualTo(Map.of("a", "{b},c=# \u00fc"));
        assertThat(labels("m{a=\"\",c=\"d\"} 1")).as("empty is absent").isEqualTo(Map.of("c", "d"));
    }

    @Test
    void commentsEmptyLinesAndOtherMetricsAreLeftOut() throws Exception {
        String text = "# HELP m what it is\n# TYPE m counter\n\nother{a=\"b\"} 7\nm_sum 8\r\nm 9\r\n# EOF\n";

        assertThat(read(text)).containsExactly(new Scraped("m", Map.of(), 9));
        assertThat(Exposition.read(OPEN, bytes(text), Set.of("m_sum"))).hasSize(1);
    }

    @Test
    void nothingIsAnAnswerToo() throws Exception {
        assertThat(read("")).isEmpty();
        assertThat(Exposition.read(OPEN, bytes("# EOF"), Set.of("m"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m",
                "m{a=\"b\"}",
                "m x",
                "m 1d",
                "m 0x1p3",
                "m 1-2",
                "m{a=\"b\" 1",
                "m{a=\"b} 1",
                "m{a=b} 1",
                "m{a} 1",
                "m{1=\"b\"} 1",
                "m{a=\"b\" c=\"d\"} 1",
                "m{a=\"b\",a=\"c\"} 1",
                "m{,} 1",
                "m-x 1",
                "5m 1",
                "<html>",
                "{\"m\"} 1"
            })
    void aLineThatIsNoneSpoilsTheScrape(String line) {
        assertThatThrownBy(() -> read("m 1\n" + line + "\nm 2\n"))
                .isInstanceOf(ScrapeException.class)
                .hasMessageContaining("line 2: ")
                .hasMessageContaining(line);
    }

    @Test
    void anEndThatIsMissingSpoilsTheScrape() {
        assertThatThrownBy(() -> read("m 1\nm 12")).hasMessageContaining("end is missing");
        assertThatThrownBy(() -> Exposition.read(OPEN, bytes("m 1\n"), Set.of("m")))
                .hasMessageContaining("end is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json; charset=utf-8", "application/vnd.google.protobuf", ""})
    void anythingElseIsRefused(String type) {
        assertThatThrownBy(() -> Exposition.read(type, bytes("m 1\n"), Set.of("m")))
                .isInstanceOf(ScrapeException.class)
                .hasMessageContaining(type.isEmpty() ? "without a content type" : type.split(";", 2)[0]);
    }

    @Test
    void anEndlessLineIsNotRepeatedInFull() {
        assertThatThrownBy(() -> read("m " + "x".repeat(10_000) + "\n"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(20_000));
        assertThatThrownBy(() -> read("m{" + "x".repeat(10_000) + "\n"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    private static Map<String, String> labels(String line) throws ScrapeException {
        return read(line + "\n").get(0).labels();
    }

    private static List<Scraped> read(String text) throws ScrapeException {
        return Exposition.read(PLAIN, bytes(text), Set.of("m"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
