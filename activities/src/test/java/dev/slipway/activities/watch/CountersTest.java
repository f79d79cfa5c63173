package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CountersTest {
    private static final Instant T = Instant.parse("2026-11-21T09:00:00Z");

    @Test
    void sumsTheRisesOfAllSeries() {
        assertThat(rise(window(0, 10), series(0, 100, 2, 110, 4, 110), series(0, 5, 3, 6)))
                .isEqualTo(11);
    }

    @Test
    void aCounterThatFellBeganAgainAtZero() {
        assertThat(rise(window(0, 10), series(0, 100, 2, 3, 4, 8))).isEqualTo(8);
    }

    @Test
    void onlyWhatHappenedInTheWindowCounts() {
        assertThat(rise(window(2, 4), series(0, 100, 2, 110, 4, 125, 6, 200))).isEqualTo(15);
    }

    @Test
    void whatHappenedBeforeTheCountBeganNeverCounts() {
        Window afterWarmUp = new Window(at(0), at(10), at(3), Optional.of(at(0)));

        assertThat(rise(afterWarmUp, series(0, 0, 2, 50, 4, 60, 6, 61))).isEqualTo(1);
    }

    @Test
    void aCounterThatAppearsBetweenScrapesBeganAtZero() {
        assertThat(rise(window(0, 10), series(4, 7, 6, 9))).isEqualTo(9);
    }

    @Test
    void aCounterThatWasNeverScrapedBeforeIsNotTakenForNew() {
        Window firstScrape = new Window(at(0), at(10), at(0), Optional.of(at(4)));

        assertThat(rise(firstScrape, series(4, 1_000_000, 6, 1_000_002))).isEqualTo(2);
    }

    @Test
    void valuesThatAreNoNumbersAreLeftOut() {
        assertThat(rise(window(0, 10), series(0, 1, 2, Double.NaN, 4, Double.POSITIVE_INFINITY, 6, 4)))
                .isEqualTo(3);
    }

    @Test
    void tellsWhenTheFirstEventWasSeen() {
        assertThat(new Counters(List.of(series(0, 3, 2, 3, 4, 5, 6, 9)), window(0, 10)).firstRise())
                .contains(at(4));
        assertThat(new Counters(List.of(series(0, 3, 2, 3)), window(0, 10)).firstRise())
                .isEmpty();
    }

    private static double rise(Window window, Series... series) {
        return new Counters(List.of(series), window).rise();
    }

    private static Window window(int after, int upTo) {
        return new Window(at(after), at(upTo), at(0), Optional.of(at(-10)));
    }

    private static Series series(double... secondsAndValues) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < secondsAndValues.length; i += 2) {
            samples.add(new Sample(at((int) secondsAndValues[i]), secondsAndValues[i + 1]));
        }
        return new Series(Map.of(), samples);
    }

    private static Instant at(int second) {
        return T.plusSeconds(second);
    }
}
