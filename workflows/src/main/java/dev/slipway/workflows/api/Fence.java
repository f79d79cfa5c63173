package dev.slipway.workflows.api;

import dev.slipway.workflows.undo.Stamp;
import io.temporal.activity.ActivityInterface;

/**
 * The one Lease per (environment, service) in the cluster. It says which stage has the slot, what it has touched, and which
 * attempt of which activity may write right now. All throw {@link FailureType} failures.
 */
@ActivityInterface(namePrefix = "Fence_")
public interface Fence {
    /**
     * Opens the claim, or replaces this stage's own by a newer one. Idempotent. Called before the first touch and again
     * before each first touch of a resource, so that the record is there before the act.
     */
    Claimed claim(Claim claim);

    /** Closes the claim of this stage; the epoch is kept. Idempotent; another stage's claim is left alone. */
    void release(Stamp stamp, HelmTarget stable);
}
