package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Authors;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import io.grpc.Status;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Deque<Supplier<Seen>> script = new ArrayDeque<>();
    private final Feed feed = new Feed(() -> script.remove().get());

    private static Seen seen(Phase phase, String reason, boolean stale) {
        ReleaseId id = ReleaseId.parse("podinfo@1.0.0");
        Digest x = Api.image("x");
        ReleaseView view = new ReleaseView(
                id,
                id.service(),
                id.version(),
                1,
                phase,
                null,
                reason,
                "",
                new Digests(x, x, x, x),
                "ci",
                Authors.NONE,
                List.of(),
                Map.of(),
                Instant.EPOCH,
                null);
        WorkflowExecutionStatus status = phase == Phase.DONE
                ? WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED
                : WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        Run run = new Run(id, "run", status, Optional.empty(), phase.name(), "", null, Instant.EPOCH, null);
        return new Seen(run, view, stale);
    }

    private void look(Supplier<Seen> answer) {
        script.add(answer);
        feed.poll();
    }

    @Test
    void onlyChangesAreNews() throws InterruptedException {
        look(() -> seen(Phase.RUNNING, "", false));
        look(() -> seen(Phase.RUNNING, "", false));
        assertThat(feed.next(0, AT_ONCE)).map(Feed.News::number).contains(1L);
        assertThat(feed.next(1, AT_ONCE)).isEmpty();

        look(() -> seen(Phase.DONE, "", false));
        assertThat(feed.next(1, AT_ONCE)).map(Feed.News::last).contains(true);
    }

    @Test
    void whileNoWorkerAnswersTheLastPictureStaysAndSaysSo() throws InterruptedException {
        look(() -> seen(Phase.HOLDING, "no data", false));
        look(() -> seen(Phase.QUEUED, "no worker answered", true));

        ReleaseView view = feed.next(1, AT_ONCE).orElseThrow().view();

        assertThat(view.phase()).isEqualTo(Phase.HOLDING);
        assertThat(view.reason()).isEqualTo("no worker answered");
    }

    @Test
    void anUnreachableTemporalEndsNothing() throws InterruptedException {
        look(() -> seen(Phase.RUNNING, "", false));
        look(() -> {
            throw Status.UNAVAILABLE.asRuntimeException();
        });
        assertThat(feed.next(1, AT_ONCE)).isEmpty();

        look(() -> seen(Phase.WAITING, "", false));
        assertThat(feed.next(1, AT_ONCE)).isPresent();
    }

    @Test
    void aReleaseThatIsGoneEndsTheFeed() throws InterruptedException {
        look(() -> {
            throw Refusal.notFound("there is no release");
        });

        assertThat(feed.next(0, AT_ONCE)).map(Feed.News::last).contains(true);
    }
}
