package dev.slipway.workflows.slot;

import dev.slipway.workflows.api.Slot;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** A look at another workflow that lasts until that one is closed, without any cost in history however long it takes. */
public final class UntilClosed {
    private final CancellationScope scope;
    private boolean closed;

    private UntilClosed(String workflow, String run) {
        scope = Workflow.newCancellationScope(() -> {
            Promise<Void> look = Async.procedure(port(workflow)::awaitClosed, workflow, run);
            look.handle((done, failure) -> {
                closed = failure == null;
                return null;
            });
        });
    }

    /**
     * Begins to look.
     *
     * @param run empty: whichever run of it is the latest
     */
    public static UntilClosed of(String workflow, String run) {
        UntilClosed look = new UntilClosed(workflow, run);
        look.scope.run();
        return look;
    }

    /** Whether it is closed for certain. */
    public boolean closed() {
        return closed;
    }

    /** Looks no longer. */
    public void end() {
        if (!closed) {
            scope.cancel();
        }
    }

    private static Slot port(String workflow) {
        return Workflow.newActivityStub(
                Slot.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setStartToCloseTimeout(Duration.ofDays(7))
                        .setHeartbeatTimeout(Duration.ofSeconds(10))
                        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofMillis(500))
                                .setMaximumInterval(Duration.ofSeconds(10))
                                .build())
                        .setSummary("until " + workflow + " is closed")
                        .build());
    }
}
