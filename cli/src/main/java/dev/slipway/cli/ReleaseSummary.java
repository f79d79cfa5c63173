package dev.slipway.cli;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last word of {@code slipway release}: one line or one document on stdout, the next command on stderr. */
final class ReleaseSummary {
    private final Terminal terminal;
    private final boolean json;

    ReleaseSummary(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    void print(ReleaseId id, Milestone milestone, Follower.Ending ending) {
        if (json) {
            ending.last().ifPresent(last -> terminal.out().println(Json.pretty(last.document())));
        } else {
            String sentence = ending.last()
                    .map(last -> sentence(milestone, ending, last.view()))
                    .orElse("was not seen yet");
            terminal.out().println(SafeText.line(id + " " + sentence));
        }
        next(id, ending).forEach(command -> terminal.err().println("next: " + command));
    }

    private static String sentence(Milestone milestone, Follower.Ending ending, ReleaseView view) {
        String why = view.reason().isEmpty() ? "" : ": " + view.reason();
        String took = view.startedAt() == null || view.endedAt() == null
                ? ""
                : " after " + Spans.between(view.startedAt(), view.endedAt(), view.endedAt());
        return switch (ending.cause()) {
            case REACHED ->
                view.outcome() != null
                        ? Mark.of(view).word() + took + why
                        : milestone.equals(Milestone.ACCEPTED)
                                ? "accepted, attempt " + view.attempt()
                                : "passed " + milestone.name();
            case ENDED -> Mark.of(view).word() + took + where(view) + why;
            case STUCK -> "STUCK" + where(view) + ": the undo is not complete" + why;
            case TIMEOUT -> "still running: " + Mark.of(view).word() + waiting(view);
            case SILENCE -> "was " + Mark.of(view).word() + waiting(view) + " when the server answered last";
        };
    }

    private static String waiting(ReleaseView view) {
        return view.waitingFor().isEmpty() ? "" : " for " + view.waitingFor();
    }

    private static String where(ReleaseView view) {
        String stages = view.stages().stream()
                .filter(s -> !"PROMOTED".equals(s.outcome()) && !s.state().equals("PENDING"))
                .map(s -> s.environment().value())
                .collect(Collectors.joining(", "));
        return stages.isEmpty() ? "" : " in " + stages;
    }

    private static List<String> next(ReleaseId id, Follower.Ending ending) {
        return switch (ending.cause()) {
            case REACHED -> List.of();
            case ENDED -> List.of("slipway get " + id);
            case STUCK ->
                Stream.concat(Stream.of("slipway get " + id), NextCommands.stuck(id.toString()).stream())
                        .toList();
            case TIMEOUT, SILENCE -> List.of("look again with: slipway get " + id + " --watch");
        };
    }
}
