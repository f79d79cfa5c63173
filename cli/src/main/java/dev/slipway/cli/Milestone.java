package dev.slipway.cli;

import dev.slipway.model.ReleaseView;
import java.util.List;

/** How far to follow a release: {@code accepted}, the name of an environment, or {@code promoted}. */
record Milestone(String name) {
    static final Milestone ACCEPTED = new Milestone("accepted");
    static final Milestone PROMOTED = new Milestone("promoted");

    /**
     * Reads {@code --until}.
     *
     * @param environments of the pipeline
     * @throws Failure when it is none of them
     */
    static Milestone parse(String text, List<String> environments) {
        Milestone milestone = new Milestone(text);
        if (!milestone.equals(ACCEPTED) && !milestone.equals(PROMOTED) && !environments.contains(text)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--until " + SafeText.line(text) + ": the pipeline has no such environment",
                    "use one of accepted, " + String.join(", ", environments) + ", promoted");
        }
        return milestone;
    }

    /** Whether the release has come so far. */
    boolean reached(ReleaseView view) {
        if (equals(ACCEPTED) || "PROMOTED".equals(view.outcome())) {
            return true;
        }
        return view.stages().stream()
                .anyMatch(s -> s.environment().value().equals(name) && "PROMOTED".equals(s.outcome()));
    }
}
