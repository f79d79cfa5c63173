package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.undo.Permit;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Whose a revision is, as seen by the stage that holds the permit. */
final class Ownership {
    private final HelmClient client;
    private final HelmTarget target;
    private final Permit permit;
    private final Duration staleAfter;
    private final Clock clock;

    Ownership(HelmClient client, HelmTarget target, Permit permit, Duration staleAfter, Clock clock) {
        this.client = client;
        this.target = target;
        this.permit = permit;
        this.staleAfter = staleAfter;
        this.clock = clock;
    }

    /** The mark of this stage run on the revision, if it has made it. */
    Optional<Mark> ours(Revision revision) {
        return client.mark(target, revision).filter(mark -> mark.isOf(permit));
    }

    /** Whether the revision is, or tries to be, the prior one again, whoever made it: there is nothing to protect. */
    boolean isPrior(Revision revision) {
        Optional<PriorState.HelmRevision> prior = PriorRevision.of(permit);
        return prior.isPresent()
                && client.manifest(target, revision.revision())
                        .digest()
                        .equals(prior.get().manifest());
    }

    /**
     * Whether the helm that left the locked revision is over. One of this stage run is: we hold the Lease that its writes
     * needed, so the door that it went through is closed, even when it still runs somewhere. One that we do not know may
     * be alive as long as it is not old.
     */
    boolean abandoned(Revision revision, Mark mark) {
        return mark.isOf(permit) || revision.updated().plus(staleAfter).isBefore(clock.instant());
    }

    /** Stops a stale writer: a newer permit of this stage has been used already. */
    void fence(Mark mark) {
        if (mark.epoch() > permit.epoch()) {
            throw FailureType.FENCED.failure("epoch " + permit.epoch() + " is stale: " + target.release()
                    + " was changed under epoch " + mark.epoch());
        }
    }
}
