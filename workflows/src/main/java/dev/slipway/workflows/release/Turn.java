package dev.slipway.workflows.release;

import dev.slipway.model.SlotId;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.SlotNote;
import dev.slipway.workflows.api.SlotOrder;
import dev.slipway.workflows.api.SlotWorkflow;
import dev.slipway.workflows.api.Standing;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.api.Ticket;
import dev.slipway.workflows.slot.UntilClosed;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A release's turn in a slot. Who finds no line opens one and has the slot at once; who finds one joins it. A line that is
 * closed by force is noticed, and is opened again by those who stood in it.
 */
final class Turn {
    private final SlotId slot;
    private Ticket ticket;
    private final Consumer<String> waits;
    private boolean ours;
    private boolean givenUp;
    private boolean stuck;

    /**
     * @param waits told, in a sentence, why it is not its turn yet
     */
    Turn(SlotId slot, Ticket ticket, Consumer<String> waits) {
        this.slot = slot;
        this.ticket = ticket;
        this.waits = waits;
    }

    /** Returns when the slot is ours, or when the turn was given up. */
    void await() {
        while (!ours && !givenUp) {
            if (opened()) {
                ours = true;
            } else if (joined()) {
                waits.accept("in line");
                UntilClosed line = UntilClosed.of(SlotOrder.id(slot), "");
                Workflow.await(() -> ours || givenUp || line.closed());
                line.end();
            }
        }
    }

    void told(SlotNote note) {
        if (note instanceof SlotNote.Waits waiting) {
            waits.accept(waiting.reason());
        }
        ours |= note instanceof SlotNote.Yours;
    }

    /** Those ahead are to give way. */
    void supersede() {
        ticket = new Ticket(ticket.release(), ticket.run(), true);
        if (!ours) {
            // before the line is there it is lost, and the join that follows says the same
            Workflow.newDetachedCancellationScope(
                            () -> Async.procedure(line()::join, ticket).exceptionally(noLine -> null))
                    .run();
        }
    }

    /** Waits no longer. */
    void giveUp() {
        givenUp = true;
    }

    /** Lets the next one in. */
    void leave() {
        Workflow.newDetachedCancellationScope(() -> {
                    try {
                        line().leave(ticket);
                    } catch (TemporalFailure noLine) {
                        Workflow.getLogger(Turn.class).info("there was no line of {} to leave", slot);
                    }
                })
                .run();
    }

    /** Tells those in line whether we can leave by ourselves. */
    void stuck(boolean now, String why) {
        if (now != stuck) {
            stuck = now;
            Workflow.newDetachedCancellationScope(() -> Async.procedure(line()::stuck, ticket, now ? why : "")
                            .exceptionally(noLine -> null))
                    .run();
        }
    }

    private boolean opened() {
        boolean[] opened = new boolean[1];
        Workflow.newDetachedCancellationScope(() -> opened[0] = open()).run();
        return opened[0];
    }

    private boolean open() {
        SlotWorkflow line = Workflow.newChildWorkflowStub(SlotWorkflow.class, options());
        Async.procedure(line::run, new SlotOrder(slot, List.of(new Standing(ticket, Optional.empty(), ""))))
                .exceptionally(closedByForce -> null);
        try {
            Workflow.getWorkflowExecution(line).get();
            return true;
        } catch (ChildWorkflowFailure taken) {
            if (taken.getCause() instanceof WorkflowExecutionAlreadyStarted) {
                return false;
            }
            throw taken;
        }
    }

    /** False when the last one has left meanwhile. */
    private boolean joined() {
        boolean[] joined = new boolean[1];
        Workflow.newDetachedCancellationScope(() -> {
                    try {
                        line().join(ticket);
                        joined[0] = true;
                    } catch (TemporalFailure noLine) {
                        Workflow.getLogger(Turn.class).info("the line of {} has just ended", slot);
                    }
                })
                .run();
        return joined[0];
    }

    private SlotWorkflow line() {
        return Workflow.newExternalWorkflowStub(SlotWorkflow.class, SlotOrder.id(slot));
    }

    private ChildWorkflowOptions options() {
        return ChildWorkflowOptions.newBuilder()
                .setWorkflowId(SlotOrder.id(slot))
                .setTaskQueue(TaskQueues.CONTROL)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setCancellationType(ChildWorkflowCancellationType.ABANDON)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.SERVICE, slot.service().value())
                        .set(SearchAttributes.ENVIRONMENT, slot.environment().value())
                        .build())
                .setStaticSummary("the line for " + slot)
                .build();
    }
}
