package dev.slipway.activities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final Drain drain = new Drain();

    @Test
    void waitsForAllThatHasBegunAndNotLonger() throws Exception {
        drain.begun();
        drain.begun();
        assertThat(drain.awaitEnd(Duration.ZERO)).isFalse();
        drain.ended();
        assertThat(drain.awaitEnd(Duration.ofMillis(1))).isFalse();

        CompletableFuture<Void> last = CompletableFuture.runAsync(drain::ended);

        assertThat(drain.awaitEnd(Duration.ofSeconds(30))).isTrue();
        last.join();
    }

    @Test
    void thereIsNothingToWaitForWhenNothingHasBegun() throws Exception {
        assertThat(drain.awaitEnd(Duration.ZERO)).isTrue();
    }
}
