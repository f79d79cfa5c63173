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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A release's turn in a slot. Who finds no line opens one and has the slot at once; who finds one joins it. A line that is
 * closed by force is noticed, and is opened again by those who stood in it.
 */
final class Turn {
    /** A line that was closed by force before it answered is looked for again after so long. */
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final SlotId slot;
    private Ticket ticket;
    private final Consumer<String> waits;
    private boolean ours;
    private boolean givenUp;
    private boolean stuck;
    /** The run of the line that spoke last, and the one that is known to be closed. */
    private String line = "";

    private String closed = "";

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
            } else {
                // said before it is asked, as the line may answer before its having been asked is known here
                waits.accept("joins the line");
                if (joined()) {
                    stand();
                }
            }
        }
    }

    /** Returns when it is over or when the line is: a line that goes on in a new run is joined again. */
    private void stand() {
        Workflow.await(ANSWER, () -> over() || !line.equals(closed));
        if (over() || line.equals(closed)) {
            return;
        }
        String run = line;
        UntilClosed open = UntilClosed.of(SlotOrder.id(slot), run);
        Workflow.await(() -> over() || open.closed() || !line.equals(run));
        open.end();
        closed = open.closed() ? run : closed;
    }

    private boolean over() {
        return ours || givenUp;
    }

    void told(SlotNote note) {
        if (note instanceof SlotNote.Waits waiting) {
            line = waiting.line();
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
        SlotWorkflow opened = Workflow.newChildWorkflowStub(SlotWorkflow.class, options());
        Async.procedure(opened::run, new SlotOrder(slot, List.of(new Standing(ticket, Optional.empty(), ""))))
                .exceptionally(closedByForce -> null);
        try {
            Workflow.getWorkflowExecution(opened).get();
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
