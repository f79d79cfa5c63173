package dev.slipway.cli;

import dev.slipway.model.Evidence;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.UndoView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What followed in the stage that decided: the traffic, and what the undo did or would do with each resource. */
final class Aftermath {
    private final ReleaseView view;
    private final StageView stage;

    Aftermath(ReleaseView view, StageView stage) {
        this.view = view;
        this.stage = stage;
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

    /** Not while a part is still to be put back; after a second try with the wait for the person who asked for it. */
    private String took() {
        Instant begin = first(UndoView::startedAt, Comparator.naturalOrder());
        Instant end = read();
        return begin == null || end == null ? "" : ", within " + Spans.between(begin, end, end);
    }

    private @Nullable Instant end() {
        Instant read = read();
        return read != null ? read : stage.outcome() == null ? null : view.endedAt();
    }

    /** When the last part was read back. */
    private @Nullable Instant read() {
        return any("FAILED") || any("OPEN") ? null : first(UndoView::endedAt, Comparator.reverseOrder());
    }

    private @Nullable Instant first(Function<UndoView, @Nullable Instant> time, Comparator<Instant> order) {
        return stage.undo().stream()
                .map(time)
                .filter(Objects::nonNull)
                .min(order)
                .orElse(null);
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
