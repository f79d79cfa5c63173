package dev.slipway.activities.announce;

import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.slack.Mrkdwn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What of a release's facts is worth a line in its thread, and what is worth the whole channel's attention. Pure. */
final class News {
    private static final int LINE = 500;
    private static final Set<String> LOUD = Set.of("ROLLED_BACK", "INTERFERED", "LEFT_AS_IS");

    private News() {}

    /** One message for all of them; empty when none matters. */
    static Optional<Message> of(List<Fact> facts) {
        List<String> lines =
                facts.stream().filter(News::matters).map(News::line).toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String all = lines.stream().collect(Collectors.joining("\n"));
        return Optional.of(new Message(
                lines.size() == 1 ? all : lines.get(0) + " … and " + (lines.size() - 1) + " more",
                new Blocks().section(all).json()));
    }

    /** Whether those who do not follow the thread must see it too. */
    static boolean loud(List<Fact> facts) {
        return facts.stream()
                .anyMatch(fact -> stuck(fact)
                        || fact.kind() == Fact.Kind.ENDED
                                && fact.environment().isEmpty()
                                && LOUD.contains(fact.details().getOrDefault("outcome", "")));
    }

    private static boolean matters(Fact fact) {
        return switch (fact.kind()) {
            case DECIDED, IGNORED, STOPPED, ENDED -> true;
            case JUDGED -> !"PASSED".equalsIgnoreCase(fact.details().getOrDefault("verdict", ""));
            case ATTESTED -> "failed".equals(fact.details().get("status"));
            case MOVED -> stuck(fact);
            // its sender was told, and everybody else would learn of every wrong click
            case DENIED -> false;
            case REQUESTED, ASKED, PUT_BACK -> false;
        };
    }

    private static boolean stuck(Fact fact) {
        return fact.kind() == Fact.Kind.MOVED
                && Phase.STUCK.name().equals(fact.details().get("phase"));
    }

    private static String line(Fact fact) {
        String where = fact.environment().map(name -> name.value() + ": ").orElse("");
        return Sign.of(fact) + " " + Mrkdwn.plain(where + fact.what(), LINE);
    }
}
