package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slack opens a socket anew every few hours; what it says then of how many there are. */
class SlackSocketsTest {
    private static final Path FILE = Path.of("/run/secrets/some");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Lines lines = new Lines(SlackSockets.class);
    private Instant now = Instant.EPOCH;

    @AfterEach
    void quiet() {
        lines.close();
    }

    private SlackSockets expecting(@Nullable Integer number) {
        return new SlackSockets(
                new SlackSettings(
                        null,
                        FILE,
                        number,
                        FILE,
                        URI.create("https://slack.com/api/"),
                        "T1",
                        "",
                        Map.of(),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(2)),
                meters);
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    /** Ours is closed, the next one is opened, and Slack says that so many are open. */
    private void renewed(SlackSockets sockets, int number) {
        sockets.closed();
        sockets.hello(number, now);
    }

    @Test
    void aStrangersSocketIsSaidWhenItIsStillThereAnHourLaterAndOnceAnHour() {
        SlackSockets sockets = expecting(2);
        sockets.hello(2, now);
        after(Duration.ofHours(5));
        renewed(sockets, 3);
        after(Duration.ofMinutes(59));
        renewed(sockets, 3);
        assertThat(lines.all()).isEmpty();

        after(Duration.ofMinutes(1));
        renewed(sockets, 3);
        after(Duration.ofMinutes(59));
        renewed(sockets, 4);

        assertThat(lines.all())
                .containsExactly("WARN Slack has 3 sockets of this app open and 2 are expected"
                        + " (slipway.slack.sockets-expected), for an hour or more: unless they are starters of yours,"
                        + " somebody else has the app-level token, so revoke it at Slack, make a new one and put it into"
                        + " slipway.slack.app-token-file");
        after(Duration.ofMinutes(1));
        renewed(sockets, 4);
        assertThat(lines.all()).hasSize(2);
    }

    @Test
    void oursThatIsStillBeingClosedIsNoStranger() {
        SlackSockets sockets = expecting(1);
        sockets.hello(1, now);
        for (int i = 0; i < 3; i++) {
            after(Duration.ofHours(5));
            sockets.hello(2, now);
            sockets.closed();
        }
        assertThat(lines.all()).isEmpty();

        after(Duration.ofHours(5));
        sockets.hello(3, now);
        sockets.closed();
        after(Duration.ofHours(5));
        renewed(sockets, 2);

        assertThat(lines.all()).hasSize(1);
    }

    @Test
    void whoIsGoneMeanwhileIsNoStranger() {
        SlackSockets sockets = expecting(1);
        sockets.hello(2, now);
        after(Duration.ofHours(5));
        renewed(sockets, 1);
        after(Duration.ofHours(5));
        renewed(sockets, 2);

        assertThat(lines.all()).isEmpty();
    }

    @Test
    void aSocketThatIsClosedBeforeSlackSaidAnythingWasNone() {
        SlackSockets sockets = expecting(1);
        sockets.closed();
        sockets.hello(1, now);
        sockets.hello(2, now);
        after(Duration.ofHours(1));
        renewed(sockets, 2);

        assertThat(lines.all()).as("the first may still be open").isEmpty();
    }

    @Test
    void whereNobodySaysHowManyAreExpectedTheyAreCountedAlone() {
        SlackSockets sockets = expecting(null);
        assertThat(meters.get("slipway.slack.sockets").gauge().value()).isZero();
        sockets.hello(9, now);
        after(Duration.ofHours(5));
        renewed(sockets, 10);

        assertThat(meters.get("slipway.slack.sockets").gauge().value()).isEqualTo(10);
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void aGreetingWithoutANumberSaysNothing() {
        SlackSockets sockets = expecting(1);
        sockets.hello(2, now);
        after(Duration.ofHours(5));
        renewed(sockets, 0);
        assertThat(meters.get("slipway.slack.sockets").gauge().value()).isEqualTo(2);
        assertThat(lines.all()).isEmpty();

        after(Duration.ofHours(5));
        renewed(sockets, 2);
        assertThat(lines.all()).hasSize(1);
    }
}
