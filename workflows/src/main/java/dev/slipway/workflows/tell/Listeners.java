package dev.slipway.workflows.tell;

import dev.slipway.workflows.api.Announcer;
import dev.slipway.workflows.api.Records;
import dev.slipway.workflows.api.Sinks;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Those who hear of a release, each asked again and again until it has heard; a cancelled call is not waited for. */
public final class Listeners {
    /** So long is a sink that does not answer asked again. */
    private static final Duration SINKS_PATIENCE = Duration.ofDays(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private Listeners() {}

    /** Who keeps facts. */
    public static Records records() {
        return Workflow.newActivityStub(Records.class, options("keep what happened"));
    }

    /** Who shows them to a channel. */
    public static Announcer announcer() {
        return Workflow.newActivityStub(Announcer.class, options("tell the channel"));
    }

    /** Who tells a sink; gives up after a day. */
    public static Sinks sinks() {
        return Workflow.newActivityStub(
                Sinks.class,
                ActivityOptions.newBuilder(options("tell others"))
                        .setScheduleToCloseTimeout(SINKS_PATIENCE)
                        .build());
    }

    private static ActivityOptions options(String summary) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.CONTROL)
                .setStartToCloseTimeout(Duration.ofSeconds(30))
                .setCancellationType(ActivityCancellationType.ABANDON)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setMaximumInterval(LONGEST_PAUSE)
                        .build())
                .setSummary(summary)
                .build();
    }
}
