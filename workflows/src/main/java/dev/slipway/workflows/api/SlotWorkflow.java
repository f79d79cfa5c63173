package dev.slipway.workflows.api;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/**
 * The line of one slot, open as long as somebody is in it. Id {@link SlotOrder#id}: {@code slot:<service>:<environment>}.
 * It says whose turn it is and nothing else; that one stage at a time acts in a slot is kept by the stage's own id.
 */
@WorkflowInterface
public interface SlotWorkflow {
    @WorkflowMethod(name = "Slot")
    void run(SlotOrder order);

    /** Takes the last place, or the first after the one that has the slot when the ticket supersedes. Idempotent. */
    @SignalMethod(name = "join", description = "A release asks for the slot (sent by the release)")
    void join(Ticket ticket);

    /** Leaves, from wherever in the line. Idempotent. */
    @SignalMethod(name = "leave", description = "A release has done with the slot (sent by the release)")
    void leave(Ticket ticket);

    /**
     * Says whether the one that has the slot can leave by itself.
     *
     * @param why it cannot, with what to do next; empty when it can again
     */
    @SignalMethod(name = "stuck", description = "The release that has the slot is stuck (sent by the release)")
    void stuck(Ticket ticket, String why);

    /** Who has the slot, and who waits. */
    @QueryMethod(name = "line")
    List<Standing> line();
}
