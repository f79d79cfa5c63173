package dev.slipway.workflows.stage;

import dev.slipway.model.Environment;
import dev.slipway.workflows.api.Check;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.Pods;
import dev.slipway.workflows.api.Route;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.api.Watch;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * The ports of one environment with the options that each kind of call needs. Mutations are cancelled with
 * WAIT_CANCELLATION_COMPLETED, because two writers must never overlap; reads with TRY_CANCEL, because an abort must not wait
 * for a heartbeat. No ScheduleToStart: without a worker the stage waits, it never rolls back for that.
 */
final class Ports {
    private static final Duration HELM_HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration WATCH_HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WATCH = Duration.ofHours(13);
    private static final RetryOptions PATIENT = RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofMillis(500))
            .setBackoffCoefficient(2)
            .setMaximumInterval(Duration.ofSeconds(20))
            .setMaximumAttempts(30)
            .build();
    private static final RetryOptions ENDLESS = RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofMillis(500))
            .setBackoffCoefficient(2)
            .setMaximumInterval(Duration.ofSeconds(10))
            .build();

    private final Environment environment;

    Ports(Environment environment) {
        this.environment = environment;
    }

    Helm helm(String summary) {
        return Workflow.newActivityStub(
                Helm.class,
                mutation(summary)
                        .setStartToCloseTimeout(environment.startUpLimit().plusMinutes(5))
                        .setHeartbeatTimeout(HELM_HEARTBEAT)
                        .build());
    }

    Route route(String summary) {
        return Workflow.newActivityStub(
                Route.class,
                mutation(summary).setStartToCloseTimeout(Duration.ofSeconds(20)).build());
    }

    Pods pods(String summary) {
        return Workflow.newActivityStub(
                Pods.class,
                read(summary)
                        .setStartToCloseTimeout(environment.startUpLimit().plusMinutes(1))
                        .setHeartbeatTimeout(HELM_HEARTBEAT)
                        .build());
    }

    Check check(String summary, Duration within) {
        return Workflow.newActivityStub(
                Check.class,
                read(summary)
                        .setStartToCloseTimeout(within.plusMinutes(1))
                        .setHeartbeatTimeout(HELM_HEARTBEAT)
                        .build());
    }

    Watch watch(String summary) {
        return Workflow.newActivityStub(
                Watch.class,
                read(summary)
                        .setTaskQueue(TaskQueues.watchOf(environment.name()))
                        .setStartToCloseTimeout(LONGEST_WATCH)
                        .setHeartbeatTimeout(WATCH_HEARTBEAT)
                        .setRetryOptions(ENDLESS)
                        .build());
    }

    private ActivityOptions.Builder mutation(String summary) {
        return options(summary).setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED);
    }

    private ActivityOptions.Builder read(String summary) {
        return options(summary).setCancellationType(ActivityCancellationType.TRY_CANCEL);
    }

    private ActivityOptions.Builder options(String summary) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.of(environment.name()))
                .setRetryOptions(PATIENT)
                .setSummary(summary);
    }
}
