package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.workflows.api.HelmTarget;
import java.util.Optional;

/** The revision that an undo returns to: looked at before anything is changed, and again before it is returned to. */
final class WayBack {
    /** The revision to be made, and one more for an undo. */
    private static final int ROOM = 2;

    private final HelmClient client;
    private final HelmTarget target;

    WayBack(HelmClient client, HelmTarget target) {
        this.client = client;
        this.target = target;
    }

    /** Why there is no way back: the revision was pruned, or it is not what was recorded. Empty when there is one. */
    Optional<String> blocked(Sight sight, PriorState.HelmRevision prior) {
        if (sight.history().find(prior.revision()).isEmpty()) {
            return Optional.of("revision " + prior.revision() + " of " + target.release()
                    + " is no longer in Helm's history, so it cannot be rolled back to");
        }
        if (seen(sight, prior)) {
            return Optional.empty();
        }
        var found = client.manifest(target, prior.revision()).digest();
        return found.equals(prior.manifest())
                ? Optional.empty()
                : Optional.of("revision " + prior.revision() + " of " + target.release()
                        + " is not what it was: its manifest is " + found + ", recorded was " + prior.manifest());
    }

    /** Whether the look has compared its digest already. */
    private static boolean seen(Sight sight, PriorState.HelmRevision prior) {
        return sight.tail().stream().anyMatch(o -> o.prior() && o.revision().revision() == prior.revision());
    }

    /** How many revisions Helm must keep, so that the next one does not prune the one to return to. */
    static int room(Sight sight, Optional<PriorState.HelmRevision> prior, int historyMax) {
        return prior.map(p -> sight.history().after(p.revision() - 1).size() + ROOM)
                .filter(needed -> needed > historyMax)
                .orElse(historyMax);
    }
}
