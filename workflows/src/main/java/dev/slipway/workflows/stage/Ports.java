package dev.slipway.workflows.stage;

import dev.slipway.model.Environment;
import dev.slipway.workflows.api.Check;
import dev.slipway.workflows.api.Fence;
import dev.slipway.workflows.api.Guard;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.Load;
import dev.slipway.workflows.api.Orphans;
import dev.slipway.workflows.api.Pods;
import dev.slipway.workflows.api.Route;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.api.Watch;
import dev.slipway.workflows.api.WatchOrder;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * The ports of one environment with the options that each kind of call needs. Mutations are cancelled with
 * WAIT_CANCELLATION_COMPLETED, because two writers must never overlap; reads with TRY_CANCEL, because an abort must not wait
 * for a heartbeat. A call that no worker takes, or that finds the cluster away for the blind budget, is told and made again
 * ({@link Steady}): it never is a reason to roll back.
 */
final class Ports {
    private static final Duration HELM_HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration RAMP_HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration LONGEST_HEARTBEAT = Duration.ofMinutes(5);
    private static final Duration LONGEST_WATCH = Duration.ofHours(13);
    /** The Job itself goes on when the worker that keeps it is gone, so there is no hurry to replace that. */
    private static final Duration LOAD_HEARTBEAT = Duration.ofMinutes(1);

    private static final Duration LONGEST_GLANCE = Duration.ofMinutes(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    /** After so many the pause has reached its longest: 0.5, 1, 2, 4, 8, 16 s. */
    private static final int ATTEMPTS_OF_THE_FIRST_HALF_MINUTE = 6;

    private static final RetryOptions ENDLESS = RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofMillis(500))
            .setBackoffCoefficient(2)
            .setMaximumInterval(Duration.ofSeconds(10))
            .build();

    private final Environment environment;
    private final Steady steady;

    Ports(Environment environment, Steady.Trouble trouble) {
        this.environment = environment;
        this.steady = new Steady(trouble);
    }

    Fence fence(String summary) {
        return port(Fence.class, mutation(summary).setStartToCloseTimeout(Duration.ofSeconds(20)));
    }

    Orphans orphans(String summary) {
        return port(Orphans.class, read(summary).setStartToCloseTimeout(Duration.ofMinutes(1)));
    }

    Guard guard(String summary) {
        return port(Guard.class, read(summary).setStartToCloseTimeout(Duration.ofSeconds(20)));
    }

    Helm helm(String summary) {
        return port(
                Helm.class,
                mutation(summary)
                        .setStartToCloseTimeout(environment.startUpLimit().plusMinutes(5))
                        .setHeartbeatTimeout(HELM_HEARTBEAT));
    }

    /**
     * For a look that only informs people: three tries and two minutes at most, and then the trouble is the answer. Nobody is
     * called, and nothing waits for it longer.
     */
    Helm glance(String summary) {
        return Workflow.newActivityStub(
                Helm.class,
                read(summary)
                        .setScheduleToStartTimeout(LONGEST_GLANCE.dividedBy(4))
                        .setStartToCloseTimeout(LONGEST_GLANCE.dividedBy(2))
                        .setScheduleToCloseTimeout(LONGEST_GLANCE)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(1))
                                .setMaximumAttempts(3)
                                .build())
                        .build());
    }

    Route route(String summary) {
        return port(Route.class, mutation(summary).setStartToCloseTimeout(Duration.ofSeconds(20)));
    }

    Pods pods(String summary) {
        return port(
                Pods.class,
                read(summary)
                        .setStartToCloseTimeout(environment.startUpLimit().plusMinutes(1))
                        .setHeartbeatTimeout(HELM_HEARTBEAT));
    }

    Check check(String summary, Duration within) {
        return port(
                Check.class,
                read(summary).setStartToCloseTimeout(within.plusMinutes(1)).setHeartbeatTimeout(HELM_HEARTBEAT));
    }

    /** For one question, not for a watch. */
    Watch metrics(String summary) {
        return port(
                Watch.class,
                read(summary)
                        .setTaskQueue(TaskQueues.watchOf(environment.name()))
                        .setStartToCloseTimeout(Duration.ofMinutes(1)));
    }

    Watch watch(String summary, WatchOrder order) {
        return port(
                Watch.class,
                read(summary)
                        .setTaskQueue(TaskQueues.watchOf(environment.name()))
                        .setStartToCloseTimeout(LONGEST_WATCH)
                        .setHeartbeatTimeout(watchHeartbeat(order))
                        .setRetryOptions(ENDLESS));
    }

    /** For {@link Load#keep}. Nobody waits until it has heard of its cancellation: {@link Load#end} outdates its permit. */
    Load load(String summary) {
        return port(
                Load.class,
                read(summary)
                        .setTaskQueue(TaskQueues.loadOf(environment.name()))
                        .setStartToCloseTimeout(LONGEST_WATCH)
                        .setHeartbeatTimeout(LOAD_HEARTBEAT)
                        .setRetryOptions(ENDLESS));
    }

    /** For {@link Load#end}. */
    Load loadEnd(String summary) {
        return port(
                Load.class,
                mutation(summary).setStartToCloseTimeout(Duration.ofMinutes(2)).setHeartbeatTimeout(HELM_HEARTBEAT));
    }

    /**
     * How long a watch may be without a worker before another one takes over: seconds in a ramp; in a soak a hundredth of its
     * time, because what happens meanwhile is counted afterwards, and thousands of soaks must not be nothing but heartbeats.
     */
    static Duration watchHeartbeat(WatchOrder order) {
        Duration share = order.atLeast().dividedBy(100);
        if (order.trip().isPresent() || share.compareTo(RAMP_HEARTBEAT) < 0) {
            return RAMP_HEARTBEAT;
        }
        return share.compareTo(LONGEST_HEARTBEAT) < 0 ? share : LONGEST_HEARTBEAT;
    }

    private RetryOptions forTheBlindBudget() {
        long pauses = environment.blindBudget().dividedBy(LONGEST_PAUSE);
        return RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(500))
                .setBackoffCoefficient(2)
                .setMaximumInterval(LONGEST_PAUSE)
                .setMaximumAttempts((int) (ATTEMPTS_OF_THE_FIRST_HALF_MINUTE + pauses))
                .build();
    }

    private <T> T port(Class<T> type, ActivityOptions.Builder options) {
        return steady.of(type, Workflow.newActivityStub(type, options.build()));
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
                .setScheduleToStartTimeout(environment.blindBudget())
                .setRetryOptions(forTheBlindBudget())
                .setSummary(summary);
    }
}
