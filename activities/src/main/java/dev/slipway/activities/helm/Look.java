package dev.slipway.activities.helm;

import dev.slipway.workflows.api.HelmTarget;
import java.util.List;
import java.util.Optional;

/** Looks at a release with the eyes of the stage that holds the permit. */
final class Look {
    private final HelmClient client;
    private final Ownership ownership;
    private final HelmTarget target;

    Look(HelmClient client, Ownership ownership, HelmTarget target) {
        this.client = client;
        this.ownership = ownership;
        this.target = target;
    }

    Sight now() {
        History history = client.history(target);
        if (history.newest().isEmpty()) {
            return new Sight(history, List.of());
        }
        int from = history.deployed().map(Revision::revision).orElse(0);
        return new Sight(
                history,
                history.revisions().stream()
                        .filter(r -> r.revision() >= from)
                        .map(this::owned)
                        .toList());
    }

    private Owned owned(Revision revision) {
        Optional<Mark> ours = ownership.ours(revision);
        boolean forward = ours.isPresent() && ours.get().undoTo().isEmpty();
        return new Owned(revision, ours, !forward && ownership.isPrior(revision));
    }
}
