package dev.slipway.activities.announce;

import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.workflows.api.Announcement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The messages that ask for approvals: posted when it is asked, without buttons when no answer counts any more. */
final class Asks {
    /** Somebody may still answer: whoever pauses a stage does not take its question back. */
    private static final Set<String> OPEN = Set.of(Phase.WAITING.name(), Phase.PAUSED.name(), Phase.HOLDING.name());

    private final Announcement announcement;
    private final SlackChannel channel;
    private final String root;
    private final List<Posted> thread;

    Asks(Announcement announcement, SlackChannel channel, String root, List<Posted> thread) {
        this.announcement = announcement;
        this.channel = channel;
        this.root = root;
        this.thread = thread;
    }

    /**
     * @param earlier the ts of those that were open, by gate
     * @return the ts of those that are open now
     */
    Map<String, String> tell(Map<String, String> earlier) throws SlackRefusal {
        Map<String, String> open = new HashMap<>(earlier);
        for (int i = 0; i < announcement.news().size(); i++) {
            Fact fact = announcement.news().get(i);
            if (fact.kind() == Fact.Kind.ASKED) {
                ask(fact, announcement.first() + i, open);
            }
        }
        for (String gate : List.copyOf(open.keySet())) {
            if (settle(gate, open.getOrDefault(gate, ""))) {
                open.remove(gate);
            }
        }
        return open;
    }

    private void ask(Fact fact, long number, Map<String, String> open) throws SlackRefusal {
        String gate = fact.details().getOrDefault("gate", "");
        Mark mark = Mark.ask(announcement.runId(), number, fact.details());
        String before = open.get(gate);
        Optional<Posted> there = thread.stream()
                .filter(one -> one.mark().kind() == Mark.Kind.ASK && one.mark().number() == number)
                .findFirst();
        if (there.isEmpty()) {
            Message message = AskMessage.open(announcement.view(), fact.details(), "");
            there = Optional.of(channel.post(message, mark, root, true));
        }
        String ts = there.get().ts();
        if (before != null && !before.equals(ts)) {
            close(before, gate, "asked anew");
        }
        open.put(gate, ts);
    }

    /** Shows how the votes stand; true when no answer counts any more. */
    private boolean settle(String gate, String ts) throws SlackRefusal {
        Optional<Fact> vote = vote(gate);
        if (vote.isPresent() && "0".equals(vote.get().details().get("missing"))) {
            close(
                    ts,
                    gate,
                    vote.get().details().getOrDefault("summary", vote.get().what()));
            return true;
        }
        if (!isOpen(gate)) {
            close(
                    ts,
                    gate,
                    vote.map(fact -> fact.details().getOrDefault("summary", "")).orElse("no answer counts any more"));
            return true;
        }
        if (vote.isPresent()) {
            Mark mark = mark(ts, gate);
            String votes = vote.get().details().getOrDefault("summary", "");
            update(ts, AskMessage.open(announcement.view(), mark.details(), votes), mark);
        }
        return false;
    }

    private void close(String ts, String gate, String how) throws SlackRefusal {
        Mark mark = mark(ts, gate);
        update(ts, AskMessage.closed(announcement.view(), mark.details(), how), mark);
    }

    /** What somebody has deleted needs no update. */
    private void update(String ts, Message message, Mark mark) throws SlackRefusal {
        try {
            channel.update(ts, message, mark);
        } catch (SlackRefusal refusal) {
            if (!refusal.error().equals("message_not_found")) {
                throw refusal;
            }
        }
    }

    /** The last vote at the gate that is news. */
    private Optional<Fact> vote(String gate) {
        return announcement.news().stream()
                .filter(fact -> fact.kind() == Fact.Kind.DECIDED
                        && gate.equals(fact.details().get("gate")))
                .reduce((earlier, later) -> later);
    }

    private boolean isOpen(String gate) {
        return announcement.view().stages().stream()
                .anyMatch(stage -> gate.startsWith(stage.environment() + "/")
                        && stage.outcome() == null
                        && OPEN.contains(stage.state()));
    }

    /** What was asked: said by the fact when it is news, otherwise by the message itself. */
    private Mark mark(String ts, String gate) {
        return thread.stream()
                .filter(one -> one.ts().equals(ts))
                .map(Posted::mark)
                .findFirst()
                .or(() -> asked(gate))
                .orElseGet(() -> Mark.ask(announcement.runId(), 0, Map.of("gate", gate)));
    }

    private Optional<Mark> asked(String gate) {
        for (int i = announcement.news().size() - 1; i >= 0; i--) {
            Fact fact = announcement.news().get(i);
            if (fact.kind() == Fact.Kind.ASKED && gate.equals(fact.details().get("gate"))) {
                return Optional.of(Mark.ask(announcement.runId(), announcement.first() + i, fact.details()));
            }
        }
        return Optional.empty();
    }
}
