package dev.slipway.starter;

import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.SlotId;
import dev.slipway.model.StageView;
import dev.slipway.model.UndoView;
import dev.slipway.workflows.api.RecoveryView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recovery as it is now.
 *
 * @param attached whether it was running already
 * @param release whose stage is gone; null until it is known, and when nothing is left
 * @param phase RUNNING, HOLDING, UNDOING, STUCK or DONE
 * @param outcome null until it is DONE
 * @param found what the gone stage has left
 * @param would what an undo brings back
 */
record RecoveryAnswer(
        SlotId slot,
        String run,
        boolean attached,
        boolean dryRun,
        @Nullable ReleaseId release,
        Phase phase,
        @Nullable String outcome,
        String reason,
        String waitingFor,
        List<String> found,
        List<String> would,
        List<UndoView> undo,
        Map<String, String> links) {

    static RecoveryAnswer of(SlotId slot, String run, RecoveryView view, Map<String, String> links) {
        StageView stage = view.stage();
        return new RecoveryAnswer(
                slot,
                run,
                false,
                view.dryRun(),
                view.release(),
                Phase.valueOf(stage.state()),
                stage.outcome(),
                SafeText.line(stage.reason()),
                stage.waitingFor(),
                view.found().stream().map(SafeText::line).toList(),
                view.would().stream().map(SafeText::line).toList(),
                stage.undo().stream()
                        .map(u -> new UndoView(
                                u.resource(), u.state(), SafeText.line(u.detail()), u.startedAt(), u.endedAt()))
                        .toList(),
                links);
    }

    /** Nothing but its phase is known. */
    static RecoveryAnswer known(SlotId slot, String run, Phase phase, String reason, Map<String, String> links) {
        return new RecoveryAnswer(
                slot, run, false, false, null, phase, null, reason, "", List.of(), List.of(), List.of(), links);
    }

    RecoveryAnswer joined() {
        return new RecoveryAnswer(
                slot, run, true, dryRun, release, phase, outcome, reason, waitingFor, found, would, undo, links);
    }
}
