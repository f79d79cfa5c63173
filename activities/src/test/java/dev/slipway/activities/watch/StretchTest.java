package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StretchTest {
    private static final Instant T = Instant.parse("2026-11-21T09:00:00Z");
    private final Stretch stretch = new Stretch(
            new Question(new Selector("requests", List.of()), new Track("production", "llm")),
            T,
            at(2),
            List.of(series("a", 1, 10), series("b", 2, 20)));

    @Test
    void samplesAreKeptBySeriesWhateverTheirOrderInAnAnswer() {
        stretch.extend(at(2), at(4), List.of(series("b", 4, 40), series("a", 3, 30)));
        stretch.extend(at(4), at(6), List.of(series("c", 5, 50), series("a", 5, 51), series("b", 6, 60)));

        assertThat(values(0, 6))
                .isEqualTo(Map.of("a", List.of(10.0, 30.0, 51.0), "b", List.of(20.0, 40.0, 60.0), "c", List.of(50.0)));
    }

    @Test
    void aSeriesThatWasForgottenBeginsAnew() {
        stretch.forgetUpTo(at(1));
        stretch.extend(at(2), at(6), List.of(series("a", 5, 50), series("b", 6, 60)));

        assertThat(values(1, 6)).isEqualTo(Map.of("a", List.of(50.0), "b", List.of(20.0, 60.0)));
    }

    @Test
    void anAnswerThatLeavesAGapIsNotTaken() {
        stretch.extend(at(3), at(4), List.of(series("a", 4, 40)));

        assertThat(values(0, 4)).isEqualTo(Map.of("a", List.of(10.0), "b", List.of(20.0)));
        assertThat(stretch.covers(T, at(4))).isFalse();
    }

    private Map<String, List<Double>> values(int after, int upTo) {
        return stretch.within(at(after), at(upTo)).stream()
                .collect(Collectors.toMap(
                        series -> series.label("pod"),
                        series -> series.samples().stream().map(Sample::value).toList()));
    }

    private static Series series(String pod, double... secondsAndValues) {
        Sample[] samples = new Sample[secondsAndValues.length / 2];
        Arrays.setAll(samples, i -> new Sample(at((int) secondsAndValues[2 * i]), secondsAndValues[2 * i + 1]));
        return new Series(Map.of("pod", pod), List.of(samples));
    }

    private static Instant at(int second) {
        return T.plusSeconds(second);
    }
}
