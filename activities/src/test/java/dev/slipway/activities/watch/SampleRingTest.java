package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleRingTest {
    private static final Instant T = Instant.parse("2026-11-21T09:00:00Z");
    private final SampleRing ring = new SampleRing(50);

    @Test
    void givesTheSamplesAfterOneTimeUpToAnother() {
        add(1, 2, 3, 4);

        assertThat(seconds(1, 3)).containsExactly(2, 3);
        assertThat(seconds(4, 9)).isEmpty();
    }

    @Test
    void theOldestMakeRoom() {
        IntStream.rangeClosed(1, 1234).forEach(this::add);

        assertThat(seconds(0, 2000))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1185, 1234).boxed().toList());
        assertThat(ring.newest()).isEqualTo(at(1234));
    }

    @Test
    void timeDoesNotGoBack() {
        add(3, 2, 3);

        assertThat(seconds(0, 9)).containsExactly(3);
    }

    @Test
    void theLatestIsTheNewestThatIsNotTooOld() {
        add(1, 2, 5);

        assertThat(ring.latest(at(0), at(4))).contains(new Sample(at(2), 2));
        assertThat(ring.latest(at(2), at(4))).isEmpty();
    }

    @Test
    void nothingIsTheLatestOnceItHasEnded() {
        add(1);
        ring.end(at(2));
        ring.end(at(3));

        assertThat(ring.latest(at(0), at(1))).isPresent();
        assertThat(ring.latest(at(0), at(4))).isEmpty();
        assertThat(seconds(0, 9)).as("an end is no sample").containsExactly(1);
        assertThat(ring.newest()).as("it ends only once").isEqualTo(at(2));

        add(5);
        assertThat(ring.latest(at(0), at(5))).contains(new Sample(at(5), 5));
    }

    @Test
    void aValueThatIsNoNumberIsNoEnd() {
        ring.add(at(1), Double.NaN);
        ring.add(at(2), Double.longBitsToDouble(0x7ff8000000000001L));

        assertThat(seconds(0, 9)).containsExactly(1, 2);
    }

    private void add(int... seconds) {
        for (int second : seconds) {
            ring.add(at(second), second);
        }
    }

    private List<Integer> seconds(int after, int upTo) {
        return ring.between(at(after), at(upTo)).stream()
                .map(sample -> (int) (sample.at().getEpochSecond() - T.getEpochSecond()))
                .toList();
    }

    private static Instant at(int second) {
        return T.plusSeconds(second);
    }
}
