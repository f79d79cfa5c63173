package dev.slipway.workflows.page;

import dev.slipway.workflows.api.Change;
import dev.slipway.workflows.api.ChangeWorkflow;
import dev.slipway.workflows.api.Changes;
import dev.slipway.workflows.api.Delivery;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Nobody waits for it and nobody acts on it: after a day a change is no news any more, and it ends untold. */
public final class ChangeWorkflowImpl implements ChangeWorkflow {
    private static final Duration NEWS = Duration.ofDays(1);

    @Override
    public void run(Change change) {
        show(change, "not told yet; it is tried again for " + NEWS.toHours() + " hours");
        try {
            Delivery delivery = changes(change).tell(change);
            show(change, delivery.accepted() ? delivery.detail() : "**refused**: " + delivery.detail());
        } catch (ActivityFailure away) {
            show(change, "**not told** within " + NEWS.toHours() + " hours: " + away.getCause());
        }
    }

    private static void show(Change change, String delivery) {
        Workflow.setCurrentDetails(change.sentence() + "\n\nDelivery: " + delivery);
    }

    private static Changes changes(Change change) {
        return Workflow.newActivityStub(
                Changes.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setStartToCloseTimeout(Duration.ofSeconds(30))
                        .setScheduleToCloseTimeout(NEWS)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setMaximumInterval(Duration.ofMinutes(5))
                                .build())
                        .setSummary(change.outcome())
                        .build());
    }
}
