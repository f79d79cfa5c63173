package dev.slipway.activities.watch;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpansTest {
    private static final Instant T = Instant.parse("2026-11-21T09:00:00Z");

    @Test
    void aScrapeSpeaksUntilTheNextOne() {
        assertThat(healthy(0, 6, up(0, 1, 2, 1, 4, 1, 6, 1))).isEqualTo(ofSeconds(6));
    }

    @Test
    void aScrapeSpeaksNoLongerThanItIsFresh() {
        assertThat(healthy(0, 60, up(0, 1, 2, 1, 50, 1))).isEqualTo(ofSeconds(22));
    }

    @Test
    void onePodThatCannotBeScrapedSpoilsTheTime() {
        assertThat(healthy(0, 10, up(0, 1, 2, 1, 4, 1, 6, 1, 8, 1), up(1, 1, 3, 0, 5, 1)))
                .isEqualTo(ofSeconds(8));
    }

    @Test
    void nothingSeenIsNoHealth() {
        assertThat(healthy(0, 60)).isZero();
    }

    @Test
    void aGaugeOutOfItsLimitSpoilsTheTimeButAGoodOneIsNoSignOfLife() {
        Spans spans = new Spans(at(0).toEpochMilli());
        spans.addHarm(List.of(up(0, 5, 4, 25, 8, 5)), ofSeconds(10), value -> value <= 20);
        assertThat(healthy(spans, 0, 10)).isZero();

        spans.add(List.of(up(0, 1, 5, 1, 10, 1)), ofSeconds(10), value -> value == 1);
        assertThat(healthy(spans, 0, 10)).isEqualTo(ofSeconds(6));
    }

    @Test
    void timeAddsUpHoweverItIsCut() {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            Series one = random(random);
            Series other = random(random);
            int cut = random.nextInt(100);

            Duration parts = healthy(0, cut, one, other).plus(healthy(cut, 100, one, other));
            assertThat(parts).isEqualTo(healthy(0, 100, one, other));
        }
    }

    private static Series random(Random random) {
        List<Sample> samples = new ArrayList<>();
        for (int second = random.nextInt(5); second < 100; second += 1 + random.nextInt(20)) {
            samples.add(new Sample(at(second), random.nextInt(4) == 0 ? 0 : 1));
        }
        return new Series(Map.of(), samples);
    }

    private static Duration healthy(int from, int to, Series... pods) {
        Spans spans = new Spans(at(from).toEpochMilli());
        spans.add(List.of(pods), ofSeconds(10), value -> value == 1);
        return healthy(spans, from, to);
    }

    private static Duration healthy(Spans spans, int from, int to) {
        return spans.healthy(at(from).toEpochMilli(), at(to).toEpochMilli());
    }

    private static Series up(double... secondsAndValues) {
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
