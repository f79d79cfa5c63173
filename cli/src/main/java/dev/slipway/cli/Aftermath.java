package dev.slipway.cli;

import dev.slipway.model.Evidence;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What followed in the stage that decided: the traffic, and what the undo did or would do with each resource. */
final class Aftermath {
    private final ReleaseView view;
    private final StageView stage;
    private final Optional<StepView> step;

    /**
     * @param step the one that decided
     */
    Aftermath(ReleaseView view, StageView stage, Optional<StepView> step) {
        this.view = view;
        this.stage = stage;
        this.step = step;
    }

    /** Empty when the view does not say: the stage was closed by force, or no worker answered for it. */
    Optional<Link> link() {
        if (stage.steps().isEmpty()) {
            return Optional.empty();
        }
        boolean begun = stage.undo().stream().anyMatch(entry -> !entry.state().equals("OPEN"));
        return Optional.of(begun || stage.state().equals("UNDOING") ? undo() : untouched());
    }

    private Link untouched() {
        String resources =
                stage.undo().stream().map(entry -> entry.resource().name()).collect(Collectors.joining(", "));
        String what = resources.isEmpty()
                ? "nothing in " + stage.environment() + " was touched, so there is nothing to put back"
                : "nothing is undone; an undo would put back " + resources;
        return new Link(end(), what, "", traffic(), new Mark("○", "", Ink.FAINT), false);
    }

    private Link undo() {
        List<Evidence> results = new ArrayList<>(traffic());
        for (UndoView entry : stage.undo()) {
            results.add(Evidence.of(
                    entry.resource().name(),
                    Mark.of(entry).word() + (entry.detail().isEmpty() ? "" : ": " + entry.detail())));
        }
        return new Link(end(), words() + took(), "", results, mark(), false);
    }

    private String words() {
        String where = stage.environment().value();
        if (any("FAILED")) {
            return where + " is not as it was: the undo is not complete";
        }
        if (any("OPEN")) {
            return where + " is being put back as it was";
        }
        return any("NOT_OURS")
                ? where + " was put back as it was, but for what somebody else has changed"
                : where + " was put back as it was, each part read back";
    }

    /**
     * The ledger has no times of its own: the step that was ended by the stop begins the undo, and the release's end ends it.
     * After a hold, or while something could not be put back, there was a wait for a person between them.
     */
    private String took() {
        Instant begin = step.filter(s -> !s.state().equals("HOLDING") && !any("FAILED"))
                .map(StepView::endedAt)
                .orElse(null);
        Instant end = end();
        return begin == null || end == null ? "" : ", within " + Spans.between(begin, end, end);
    }

    private @Nullable Instant end() {
        return stage.outcome() == null ? null : view.endedAt();
    }

    private Mark mark() {
        Ink ink = any("FAILED") ? Ink.BAD : any("NOT_OURS") || any("OPEN") ? Ink.WAIT : Ink.GOOD;
        return new Mark("↺", "", ink);
    }

    private boolean any(String state) {
        return stage.undo().stream().anyMatch(entry -> entry.state().equals(state));
    }

    private List<Evidence> traffic() {
        boolean shifted = stage.steps().stream()
                .anyMatch(s -> s.kind().equals("ramp") && !s.state().equals("PENDING"));
        if (!shifted) {
            return List.of();
        }
        String read = stage.actual() + "% goes to the canary";
        String wanted = stage.want() == stage.actual() ? "" : ", " + stage.want() + "% should";
        return List.of(Evidence.of("traffic", read + wanted));
    }
}
