package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.undo.Permit;
import java.util.Optional;

/** Reads a permit's prior state as that of a Helm release. */
final class PriorRevision {
    private PriorRevision() {}

    /** The revision to return to, empty when there was no release. */
    static Optional<PriorState.HelmRevision> of(Permit permit) {
        PriorState prior = permit.prior();
        if (prior instanceof PriorState.HelmRevision revision) {
            return Optional.of(revision);
        }
        if (prior instanceof PriorState.Absent) {
            return Optional.empty();
        }
        throw FailureType.INVALID_INPUT.failure(
                "a permit for " + permit.resource() + " is no permit for a Helm release");
    }
}
