package dev.slipway.activities.helm;

import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import java.util.Optional;

/** Uninstalls a release of ours that is not needed any more. */
final class Removal {
    private final HelmClient client;
    private final Ownership ownership;
    private final Recovery recovery;
    private final HelmTarget target;

    Removal(HelmClient client, Ownership ownership, Recovery recovery, HelmTarget target) {
        this.client = client;
        this.ownership = ownership;
        this.recovery = recovery;
        this.target = target;
    }

    void run() {
        Optional<Revision> newest = client.history(target).newest();
        if (newest.isEmpty()) {
            return;
        }
        Revision revision = newest.get();
        Optional<Mark> ours = ownership.ours(revision);
        ours.ifPresent(ownership::fence);
        if (ours.isEmpty()) {
            throw FailureType.INTERFERED.failure(
                    target.release() + " was changed by somebody else: " + revision.words() + "; it is left as it is");
        }
        if (revision.locked() && !ownership.abandoned(revision, ours.get())) {
            throw FailureType.HELM_LOCKED.failure(target.release() + " " + revision.words());
        }
        Finished finished = recovery.uninstall();
        if (client.history(target).newest().isPresent()) {
            throw recovery.failure("uninstall", finished);
        }
    }
}
