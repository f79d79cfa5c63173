package dev.slipway.workflows.slot;

import dev.slipway.workflows.api.ReleaseWorkflow;
import dev.slipway.workflows.api.SlotNote;
import dev.slipway.workflows.api.SlotOrder;
import dev.slipway.workflows.api.SlotWorkflow;
import dev.slipway.workflows.api.Standing;
import dev.slipway.workflows.api.Ticket;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells everybody in the line what changed for them. Who cannot be told is gone and is dropped; whether the one that has the
 * slot is gone is looked at only while somebody waits, so an uncontended slot costs next to nothing.
 */
public final class SlotWorkflowImpl implements SlotWorkflow {
    /** Far below where Temporal ends a workflow (51200); a line that is never empty for so long goes on in a new run. */
    private static final long LONG_HISTORY = 2_000;

    private final Line line;
    private final Map<String, SlotNote> told = new HashMap<>();
    private @Nullable Ticket watched;
    private @Nullable UntilClosed watch;

    /** Sets the line up before any message is handled. */
    @WorkflowInit
    public SlotWorkflowImpl(SlotOrder order) {
        line = new Line(order, Workflow.getInfo().getRunId());
        // who opens a line has the slot by that
        order.line().stream().limit(1).forEach(first -> told.put(first.ticket().run(), line.note(first)));
    }

    /** One thing a round: whatever comes meanwhile, the holder is looked after and the history stays short. */
    @Override
    public void run(SlotOrder order) {
        while (!line.empty()) {
            lookAfter(line.wanted());
            Workflow.setCurrentDetails(LineTable.markdown(line.standing()));
            if (Workflow.getInfo().isContinueAsNewSuggested()
                    || Workflow.getInfo().getHistoryLength() > LONG_HISTORY) {
                Workflow.newContinueAsNewStub(SlotWorkflow.class).run(line.order());
            }
            Optional<Standing> one = untold();
            if (one.isPresent()) {
                tell(one.get());
            } else {
                int before = line.changes();
                Workflow.await(() -> line.changes() > before || holderIsGone());
            }
            dropHolderThatIsGone();
        }
        lookAfter(Optional.empty());
    }

    private void tell(Standing one) {
        SlotNote note = line.note(one);
        told.put(one.ticket().run(), note);
        if (!tell(one.ticket(), note)) {
            leave(one.ticket());
        }
    }

    private Optional<Standing> untold() {
        return line.standing().stream()
                .filter(s -> !line.note(s).equals(told.get(s.ticket().run())))
                .findFirst();
    }

    /** False when the release is gone. */
    private static boolean tell(Ticket ticket, SlotNote note) {
        WorkflowExecution release = WorkflowExecution.newBuilder()
                .setWorkflowId(ticket.release().toString())
                .setRunId(ticket.run())
                .build();
        try {
            Workflow.newExternalWorkflowStub(ReleaseWorkflow.class, release).slotMoved(note);
            return true;
        } catch (CanceledFailure cancelled) {
            throw cancelled;
        } catch (TemporalFailure gone) {
            return false;
        }
    }

    private void lookAfter(Optional<Ticket> holder) {
        if (holder.map(Ticket::run).equals(Optional.ofNullable(watched).map(Ticket::run))) {
            return;
        }
        if (watch != null) {
            watch.end();
        }
        watched = holder.orElse(null);
        watch = holder.map(t -> UntilClosed.of(t.release().toString(), t.run())).orElse(null);
    }

    private boolean holderIsGone() {
        return watch != null && watch.closed();
    }

    private void dropHolderThatIsGone() {
        Ticket gone = watched;
        if (gone != null && holderIsGone()) {
            leave(gone);
            watched = null;
            watch = null;
        }
    }

    @Override
    public void join(Ticket ticket) {
        line.join(ticket);
    }

    @Override
    public void leave(Ticket ticket) {
        line.leave(ticket);
        told.remove(ticket.run());
    }

    @Override
    public void stuck(Ticket ticket, String why) {
        line.stuck(ticket, why);
    }

    @Override
    public List<Standing> line() {
        return line.standing();
    }
}
