package dev.slipway.activities.helm;

import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.undo.Permit;
import java.util.Optional;

/** Uninstalls a release of ours that is not needed any more. */
final class Removal {
    private final Workbench bench;
    private final Permit permit;

    Removal(Workbench bench, Permit permit) {
        this.bench = bench;
        this.permit = permit;
    }

    void run() {
        Sight sight = bench.look().now();
        Optional<Owned> newest = sight.newest();
        if (newest.isEmpty()) {
            return;
        }
        newest.flatMap(Owned::ours).ifPresent(bench.ownership()::fence);
        HelmState state = HelmState.of(sight, Goal.absent(permit));
        if (state instanceof HelmState.Foreign || newest.get().ours().isEmpty()) {
            throw FailureType.INTERFERED.failure(bench.target().release() + " was changed by somebody else: "
                    + newest.get().revision().words() + "; it is left as it is");
        }
        if (state instanceof HelmState.Locked locked) {
            bench.lock().own(locked.by(), bench.ownership());
        }
        Finished finished = bench.recovery().uninstall(Hooks.RUN);
        if (bench.look().now().newest().isPresent()) {
            throw bench.recovery().failure("uninstall", finished);
        }
    }
}
