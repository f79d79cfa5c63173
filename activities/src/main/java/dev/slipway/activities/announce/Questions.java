package dev.slipway.activities.announce;

import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.Announcement;
import dev.slipway.workflows.api.Question;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The approvals that a release waits for, whether a channel shows them or not. Pure. */
final class Questions {
    /** Somebody may still answer: whoever pauses a stage does not take its question back. */
    private static final Set<String> OPEN = Set.of(Phase.WAITING.name(), Phase.PAUSED.name(), Phase.HOLDING.name());

    private Questions() {}

    /** Those that are open after the announcement, by gate. */
    static Map<String, Question> after(Map<String, Question> before, Announcement announcement) {
        Map<String, Question> open = new HashMap<>(before);
        for (int i = 0; i < announcement.news().size(); i++) {
            Fact fact = announcement.news().get(i);
            String gate = fact.details().getOrDefault("gate", "");
            if (fact.kind() == Fact.Kind.ASKED) {
                open.put(gate, new Question(announcement.first() + i, fact.details(), ""));
            } else if (fact.kind() == Fact.Kind.DECIDED) {
                open.computeIfPresent(gate, (same, question) -> voted(question, fact));
            }
        }
        open.keySet().removeIf(gate -> !isOpen(announcement.view(), gate));
        return open;
    }

    /** Whether an answer may still count. */
    static boolean isOpen(ReleaseView view, String gate) {
        return view.stages().stream().anyMatch(stage -> isOpen(stage, gate));
    }

    private static boolean isOpen(StageView stage, String gate) {
        return gate.startsWith(stage.environment() + "/") && stage.outcome() == null && OPEN.contains(stage.state());
    }

    static boolean hasEnough(Fact vote) {
        return "0".equals(vote.details().get("missing"));
    }

    /** Null when there are enough votes: nothing is asked any more. */
    private static @Nullable Question voted(Question question, Fact vote) {
        return hasEnough(vote)
                ? null
                : new Question(
                        question.number(), question.details(), vote.details().getOrDefault("summary", vote.what()));
    }
}
