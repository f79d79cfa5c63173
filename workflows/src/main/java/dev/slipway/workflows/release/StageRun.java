package dev.slipway.workflows.release;

import dev.slipway.model.Phase;
import dev.slipway.model.SlotId;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.SignedAttestation;
import dev.slipway.workflows.api.SlotNote;
import dev.slipway.workflows.api.StageNote;
import dev.slipway.workflows.api.StageOrder;
import dev.slipway.workflows.api.StageResult;
import dev.slipway.workflows.api.StageWorkflow;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.api.Ticket;
import dev.slipway.workflows.evidence.Dossier;
import dev.slipway.workflows.slot.UntilClosed;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.common.SearchAttributes.Builder;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One stage of a release: waits for its turn in the slot, then runs the stage there. */
final class StageRun {
    private static final Halt CANCELLED = new Halt.Abort(new Said(Said.SOMEBODY, "cancelled in Temporal"));

    private final SlotId slot;
    private final Overview overview;
    private final Turn turn;
    private final Dossier dossier;
    private @Nullable StageWorkflow stage;
    private @Nullable Halt halt;

    StageRun(SlotId slot, Ticket ticket, Overview overview, Dossier dossier) {
        this.slot = slot;
        this.overview = overview;
        this.dossier = dossier;
        this.turn = new Turn(slot, ticket, reason -> overview.queued(slot, reason));
    }

    /** The stage's result; empty when it was stopped before its turn came. */
    Optional<StageResult> run(StageOrder order) {
        Optional<StageResult> result;
        try {
            turn.await();
            result = inSlot(order);
        } catch (TemporalFailure failure) {
            turn.leave();
            throw failure;
        }
        turn.leave();
        return result;
    }

    private Optional<StageResult> inSlot(StageOrder order) {
        while (halt == null) {
            StageWorkflow child = Workflow.newChildWorkflowStub(StageWorkflow.class, options(order));
            CompletablePromise<StageResult> result = Workflow.newPromise();
            List<SignedAttestation> given = dossier.all();
            // detached: a cancel of the release reaches the stage as a stop, so that the stage can still tell its
            // result
            Workflow.newDetachedCancellationScope(
                            () -> result.completeFrom(Async.function(child::run, order.with(given))))
                    .run();
            try {
                Workflow.getWorkflowExecution(child).get();
            } catch (ChildWorkflowFailure taken) {
                if (!(taken.getCause() instanceof WorkflowExecutionAlreadyStarted)) {
                    throw taken;
                }
                awaitFree();
                continue;
            }
            stage = child;
            dossier.all().subList(given.size(), dossier.all().size()).forEach(this::attested);
            if (halt != null) {
                halt.stop(child);
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

    /** What stands in no line: a stage whose release is gone and that still puts things back. */
    private void awaitFree() {
        overview.queued(slot, "next in line; what still runs in " + slot + " belongs to no release that is open");
        UntilClosed look = UntilClosed.of(slot.toString(), "");
        Workflow.await(() -> look.closed() || halt != null);
        look.end();
    }

    /** Stops the stage, or the wait for its slot. */
    void stop(Halt requested) {
        halt = halt == null ? requested : halt;
        turn.giveUp();
        if (stage != null) {
            requested.stop(stage);
        }
    }

    /** Hands evidence on; a stage that has not begun finds it in its order. */
    void attested(SignedAttestation signed) {
        StageWorkflow begun = stage;
        if (begun != null) {
            Promise<Void> sent = Async.procedure(begun::attested, signed);
            Promise<Void> unused = sent.exceptionally(ended -> null);
        }
    }

    /** Does not wait in line any longer. */
    void supersede() {
        turn.supersede();
    }

    /** The slot's line says something to this release. */
    void told(SlotNote note) {
        turn.told(note);
    }

    /** The stage says something. */
    void moved(StageNote note) {
        turn.stuck(note.phase() == Phase.STUCK, note.reason());
    }

    SlotId slot() {
        return slot;
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
