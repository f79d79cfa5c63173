package dev.slipway.workflows.api;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.StageView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recovery as people see it.
 *
 * @param release whose stage is gone; null until it is known, and when nothing is left
 * @param found what the gone stage has left, a sentence each
 * @param would what is put back, in words; the order is decided while it is done
 * @param stage phase, outcome, reason and the undo of each resource
 */
public record RecoveryView(
        @Nullable ReleaseId release, boolean dryRun, List<String> found, List<String> would, StageView stage) {
    public RecoveryView {
        found = List.copyOf(found);
        would = List.copyOf(would);
    }
}
