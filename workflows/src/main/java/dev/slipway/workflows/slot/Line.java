package dev.slipway.workflows.slot;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.SlotId;
import dev.slipway.workflows.api.SlotNote;
import dev.slipway.workflows.api.SlotOrder;
import dev.slipway.workflows.api.Standing;
import dev.slipway.workflows.api.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who has a slot and who waits for it, in the order of asking, and what each is to be told. State alone. */
final class Line {
    private final SlotId slot;
    private final String run;
    private final List<Standing> standing;
    private int changes;

    /**
     * @param run of the workflow that keeps it
     */
    Line(SlotOrder order, String run) {
        this.run = run;
        slot = order.slot();
        standing = new ArrayList<>(order.line());
    }

    /** Rises with each change. */
    int changes() {
        return changes;
    }

    boolean empty() {
        return standing.isEmpty();
    }

    List<Standing> standing() {
        return List.copyOf(standing);
    }

    SlotOrder order() {
        return new SlotOrder(slot, standing);
    }

    /** Who has the slot while somebody waits for it: the one to look after. */
    Optional<Ticket> wanted() {
        return standing.size() < 2
                ? Optional.empty()
                : Optional.of(standing.get(0).ticket());
    }

    /** Takes the last place; with a superseding ticket everybody ahead is to give way. */
    void join(Ticket ticket) {
        if (place(ticket) < 0) {
            standing.add(new Standing(ticket, Optional.empty(), ""));
            changes++;
        }
        if (ticket.supersede()) {
            for (int i = 0; i < place(ticket); i++) {
                giveWay(i, ticket.release());
            }
        }
    }

    private void giveWay(int place, ReleaseId to) {
        Standing ahead = standing.get(place);
        if (ahead.supersededBy().isEmpty()) {
            standing.set(place, new Standing(ahead.ticket(), Optional.of(to), ahead.stuck()));
            changes++;
        }
    }

    void leave(Ticket ticket) {
        int place = place(ticket);
        if (place >= 0) {
            standing.remove(place);
            changes++;
        }
    }

    void stuck(Ticket ticket, String why) {
        int place = place(ticket);
        if (place >= 0) {
            Standing one = standing.get(place);
            standing.set(place, new Standing(one.ticket(), one.supersededBy(), why));
            changes++;
        }
    }

    /** What somebody in the line is to know now. */
    SlotNote note(Standing one) {
        if (one.supersededBy().isPresent()) {
            return new SlotNote.Superseded(slot, one.supersededBy().get());
        }
        int place = place(one.ticket());
        return place == 0 ? new SlotNote.Yours(slot) : new SlotNote.Waits(slot, run, reason(place));
    }

    private String reason(int place) {
        Standing holder = standing.get(0);
        List<Standing> waiting = standing.subList(1, place).stream()
                .filter(s -> s.supersededBy().isEmpty())
                .toList();
        String has = holder.ticket().release() + state(holder);
        return waiting.isEmpty()
                ? "1st in line after " + has
                : ordinal(waiting.size() + 1) + " in line after "
                        + waiting.get(waiting.size() - 1).ticket().release() + "; the slot has " + has;
    }

    private static String state(Standing holder) {
        if (!holder.stuck().isEmpty()) {
            return ", which is STUCK and gives way to nobody: " + holder.stuck();
        }
        return holder.supersededBy()
                .map(by -> ", which is superseded by " + by + " and puts back what it did")
                .orElse("");
    }

    private static String ordinal(int number) {
        boolean teen = number % 100 / 10 == 1;
        return number
                + switch (teen ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    /** By the run: a ticket may come again, and then superseding. */
    private int place(Ticket ticket) {
        for (int i = 0; i < standing.size(); i++) {
            if (standing.get(i).ticket().run().equals(ticket.run())) {
                return i;
            }
        }
        return -1;
    }
}
