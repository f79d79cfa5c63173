package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.workflows.undo.Permit;
import java.util.Optional;

/**
 * What a call wants a release to be.
 *
 * @param kind of wish
 * @param prior the revision that the stage's undo returns to, empty when there was no release
 * @param epoch of the permit
 */
record Goal(Kind kind, Optional<PriorState.HelmRevision> prior, long epoch) {
    /** Which revision would do. */
    enum Kind {
        /** The new version, deployed under this very permit. */
        DEPLOYED,
        /** The prior revision, deployed again. */
        PRIOR,
        /** None at all. */
        ABSENT
    }

    static Goal deployed(Permit permit) {
        return of(Kind.DEPLOYED, permit);
    }

    /** What there was before the stage's first touch. */
    static Goal undone(Permit permit) {
        return of(PriorRevision.of(permit).isPresent() ? Kind.PRIOR : Kind.ABSENT, permit);
    }

    static Goal absent(Permit permit) {
        return of(Kind.ABSENT, permit);
    }

    private static Goal of(Kind kind, Permit permit) {
        return new Goal(kind, PriorRevision.of(permit), permit.epoch());
    }

    /** Whether a deployed revision is all that is wanted. */
    boolean reached(Owned deployed) {
        return switch (kind) {
            case DEPLOYED ->
                deployed.ours()
                        .filter(m -> m.epoch() == epoch && m.undoTo().isEmpty())
                        .isPresent();
            case PRIOR -> deployed.prior();
            case ABSENT -> false;
        };
    }
}
