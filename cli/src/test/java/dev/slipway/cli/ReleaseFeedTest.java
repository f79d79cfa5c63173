package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Phase;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class ReleaseFeedTest {
    private final FakeApi api = new FakeApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void opensAStreamAnewThatHasGoneQuiet() {
        api.story(PictureTest.RAMPING, Views.ended("PROMOTED", "")).thenSilent();
        ReleaseFeed.Pace pace = new ReleaseFeed.Pace(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(30));

        try (ReleaseFeed feed = feed(pace)) {
            Phase phase = Phase.QUEUED;
            while (phase != Phase.DONE && !Thread.currentThread().isInterrupted()) {
                Optional<ReleaseFeed.News> news = feed.next(Duration.ofMillis(10));
                if (news.isPresent() && news.get() instanceof ReleaseFeed.News.Seen seen) {
                    phase = seen.snapshot().view().phase();
                }
            }
            assertThat(phase).isEqualTo(Phase.DONE);
        }

        assertThat(api.requests()).filteredOn(r -> r.path().endsWith("/events")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aProblemThatEndsTheStreamIsTheServersWord() {
        api.story(PictureTest.RAMPING);
        api.answers(
                "GET /api/v1/releases/podinfo@6.9.2/events",
                200,
                "text/event-stream",
                "event: problem\ndata: {\"status\":404,\"detail\":\"older than Temporal's retention\"}\n\n",
                java.util.Map.of());

        try (ReleaseFeed feed = feed(ReleaseFeed.Pace.USUAL)) {
            assertThat(feed.next(Duration.ofSeconds(10)).orElseThrow()).isInstanceOf(ReleaseFeed.News.Seen.class);
            assertThat(feed.next(Duration.ofSeconds(10)).orElseThrow())
                    .isInstanceOfSatisfying(ReleaseFeed.News.Over.class, over -> {
                        assertThat(over.failure()).hasMessage("older than Temporal's retention");
                        assertThat(over.failure().code()).isEqualTo(ExitCode.CONFLICT);
                    });
        }
    }

    private ReleaseFeed feed(ReleaseFeed.Pace pace) {
        return new ReleaseFeed(new Server(URI.create(api.url()), Token.fixed(FakeApi.TOKEN)), Views.ID, pace);
    }
}
