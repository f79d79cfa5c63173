package dev.slipway.workflows.release;

import dev.slipway.model.Actor;
import dev.slipway.model.SlotId;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.Slot;
import dev.slipway.workflows.api.StageOrder;
import dev.slipway.workflows.api.StageResult;
import dev.slipway.workflows.api.StageWorkflow;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.common.RetryOptions;
import io.temporal.common.SearchAttributes.Builder;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One stage's turn in its slot: waits until the slot is free, then runs the stage there. */
final class StageRun {
    private static final Said CANCELLED =
            new Said(new Actor("somebody with access to Temporal", Set.of()), "cancelled in Temporal");

    private final SlotId slot;
    private final Overview overview;
    private @Nullable StageWorkflow stage;
    private @Nullable CancellationScope queued;
    private @Nullable Said stopped;

    StageRun(SlotId slot, Overview overview) {
        this.slot = slot;
        this.overview = overview;
    }

    /** The stage's result; empty when it was stopped before its turn came. */
    Optional<StageResult> run(StageOrder order) {
        while (stopped == null) {
            StageWorkflow child = Workflow.newChildWorkflowStub(StageWorkflow.class, options(order));
            CompletablePromise<StageResult> result = Workflow.newPromise();
            // detached: a cancel of the release reaches the stage as a stop, so that the stage can still tell its
            // result
            Workflow.newDetachedCancellationScope(() -> result.completeFrom(Async.function(child::run, order)))
                    .run();
            try {
                Workflow.getWorkflowExecution(child).get();
            } catch (ChildWorkflowFailure taken) {
                if (!(taken.getCause() instanceof WorkflowExecutionAlreadyStarted)) {
                    throw taken;
                }
                awaitSlot();
                continue;
            }
            stage = child;
            Said said = stopped;
            if (said != null) {
                child.stop(said);
            }
            return Optional.of(result(result));
        }
        return Optional.empty();
    }

    private StageResult result(Promise<StageResult> result) {
        try {
            Workflow.await(result::isCompleted);
        } catch (CanceledFailure cancelled) {
            Workflow.newDetachedCancellationScope(() -> {
                        stop(CANCELLED);
                        Workflow.await(result::isCompleted);
                    })
                    .run();
        }
        return result.get();
    }

    /** Stops the stage, or the wait for its slot. */
    void stop(Said said) {
        stopped = said;
        if (stage != null) {
            stage.stop(said);
        }
        if (queued != null) {
            queued.cancel();
        }
    }

    private void awaitSlot() {
        overview.queued(slot);
        CancellationScope waiting = Workflow.newCancellationScope(() -> slots().awaitFree(slot));
        queued = waiting;
        try {
            waiting.run();
        } catch (TemporalFailure failure) {
            boolean ours = stopped != null;
            if (!ours) {
                throw failure;
            }
        } finally {
            queued = null;
        }
        if (CancellationScope.current().isCancelRequested()) {
            throw new CanceledFailure("cancelled while waiting for " + slot);
        }
    }

    private Slot slots() {
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
                        .setSummary("wait for the slot " + slot)
                        .build());
    }

    private ChildWorkflowOptions options(StageOrder order) {
        Builder attributes = io.temporal.common.SearchAttributes.newBuilder();
        attributes.set(SearchAttributes.SERVICE, slot.service().value());
        attributes.set(SearchAttributes.ENVIRONMENT, slot.environment().value());
        return ChildWorkflowOptions.newBuilder()
                .setWorkflowId(slot.toString())
                .setTaskQueue(TaskQueues.CONTROL)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setTypedSearchAttributes(attributes.build())
                .setStaticSummary(order.release().release() + " in " + slot.environment())
                .build();
    }
}
