package dev.slipway.cli;

import dev.slipway.model.Evidence;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened between two views of a release, one sentence per event, in the order of the pipeline. */
final class Changes {
    private final List<String> events = new ArrayList<>();

    private Changes() {}

    /**
     * @param before null at the first look
     */
    static List<String> between(@Nullable ReleaseView before, ReleaseView now) {
        Changes changes = new Changes();
        for (StageView stage : now.stages()) {
            changes.stage(find(before == null ? List.of() : before.stages(), StageView::environment, stage), stage);
        }
        changes.release(before, now);
        return changes.events;
    }

    private void release(@Nullable ReleaseView before, ReleaseView now) {
        boolean moves = now.phase() == Phase.RUNNING || now.phase() == Phase.UNDOING;
        boolean moved = before == null
                || before.phase() != now.phase()
                || !before.waitingFor().equals(now.waitingFor())
                || !moves && !before.reason().equals(now.reason());
        if (!moved) {
            return;
        }
        String waits = now.waitingFor().isEmpty() ? "" : " for " + now.waitingFor();
        events.add(now.release() + ": " + Mark.of(now).word() + waits + because(now.reason()));
        NextCommands.of(now).forEach(command -> events.add("  next: " + command));
    }

    private void stage(@Nullable StageView before, StageView now) {
        String name = now.environment() + ": ";
        boolean entered = before == null || before.state().equals("PENDING");
        if (entered && !now.state().equals("PENDING")) {
            events.add(name + "begins");
        }
        for (StepView step : now.steps()) {
            step(name, find(before == null ? List.of() : before.steps(), StepView::name, step), step);
        }
        boolean weighs = before == null
                ? now.want() != 0 || now.actual() != 0
                : !weights(before).equals(weights(now));
        if (weighs) {
            events.add(name + weights(now));
        }
        for (UndoView entry : now.undo()) {
            UndoView old = find(before == null ? List.of() : before.undo(), UndoView::resource, entry);
            if (!entry.state().equals("OPEN") && (old == null || !old.state().equals(entry.state()))) {
                events.add(name + "undo of " + entry.resource() + ": "
                        + Mark.of(entry).word() + because(entry.detail()));
            }
        }
        if (now.outcome() != null && (before == null || before.outcome() == null)) {
            events.add(name + Mark.of(now).word() + because(now.reason()));
        }
    }

    private void step(String stage, @Nullable StepView before, StepView now) {
        String state = Mark.of(now).word();
        boolean same = before == null
                ? now.state().equals("PENDING")
                : Mark.of(before).word().equals(state);
        if (!same) {
            events.add(stage + now.name() + " " + state + because(why(now)));
        }
    }

    private static String why(StepView step) {
        String evidence = step.evidence().stream()
                .map((Evidence e) -> e.name() + " " + e.detail())
                .collect(Collectors.joining("; "));
        return step.reason().isEmpty() || evidence.isEmpty()
                ? step.reason() + evidence
                : step.reason() + "; " + evidence;
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    private static String weights(StageView stage) {
        return "canary weight: want " + stage.want() + "%, actual " + stage.actual() + "%";
    }

    private static <T, K> @Nullable T find(List<T> among, Function<T, K> key, T like) {
        return among.stream()
                .filter(t -> key.apply(t).equals(key.apply(like)))
                .findFirst()
                .orElse(null);
    }
}
