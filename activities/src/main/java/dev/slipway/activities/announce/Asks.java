package dev.slipway.activities.announce;

import dev.slipway.model.Fact;
import dev.slipway.workflows.api.Announcement;
import dev.slipway.workflows.api.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages that ask for approvals: posted when it is asked, without buttons when no answer counts any more. */
final class Asks {
    private final Announcement announcement;
    private final SlackChannel channel;
    private final String root;
    private final List<Posted> thread;
    private final Map<String, Question> questions;

    /**
     * @param questions those that the release waits for, by gate: what does not stand here is put here
     */
    Asks(
            Announcement announcement,
            SlackChannel channel,
            String root,
            List<Posted> thread,
            Map<String, Question> questions) {
        this.announcement = announcement;
        this.channel = channel;
        this.root = root;
        this.thread = thread;
        this.questions = questions;
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
                Question question = new Question(announcement.first() + i, fact.details(), "");
                ask(fact.details().getOrDefault("gate", ""), question, open);
            }
        }
        for (Map.Entry<String, Question> one : questions.entrySet()) {
            if (!open.containsKey(one.getKey())) {
                ask(one.getKey(), one.getValue(), open);
            }
        }
        for (String gate : List.copyOf(open.keySet())) {
            if (settle(gate, open.getOrDefault(gate, ""))) {
                open.remove(gate);
            }
        }
        return open;
    }

    /** Takes the buttons off all of them: they are asked elsewhere. */
    void takeBack(Map<String, String> earlier, String why) throws SlackRefusal {
        for (Map.Entry<String, String> one : earlier.entrySet()) {
            close(one.getValue(), one.getKey(), why);
        }
    }

    private void ask(String gate, Question question, Map<String, String> open) throws SlackRefusal {
        Mark mark = Mark.ask(announcement.runId(), question.number(), question.details());
        String before = open.get(gate);
        Optional<Posted> there = thread.stream()
                .filter(one -> one.mark().kind() == Mark.Kind.ASK && one.mark().number() == question.number())
                .findFirst();
        if (there.isEmpty()) {
            Message message = AskMessage.open(announcement.view(), question.details(), question.votes());
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
        if (vote.isPresent() && Questions.hasEnough(vote.get())) {
            close(
                    ts,
                    gate,
                    vote.get().details().getOrDefault("summary", vote.get().what()));
            return true;
        }
        if (!Questions.isOpen(announcement.view(), gate)) {
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

    /** What was asked: said by the fact when it is news, otherwise by the message itself. */
    private Mark mark(String ts, String gate) {
        return thread.stream()
                .filter(one -> one.ts().equals(ts))
                .map(Posted::mark)
                .findFirst()
                .or(() -> Optional.ofNullable(questions.get(gate))
                        .map(one -> Mark.ask(announcement.runId(), one.number(), one.details())))
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
