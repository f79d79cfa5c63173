package dev.slipway.workflows.api;

import dev.slipway.model.UndoResult;
import dev.slipway.workflows.undo.Permit;
import io.temporal.activity.ActivityInterface;
import java.util.Optional;

/**
 * Jobs that send requests to the new version while it soaks. They carry the marks of the stage's run. All throw
 * {@link FailureType} failures.
 */
@ActivityInterface(namePrefix = "Load_")
public interface Load {
    /**
     * Keeps a Job running until it is cancelled: one that ends is followed by a fresh one. What goes wrong is no failure but
     * something to tell; it goes on all the same. An attempt whose permit is not the newest makes no Job any more (FENCED).
     *
     * @return what is to be told now, a sentence why no requests are sent; empty when they are again
     */
    Optional<String> keep(Permit permit, LoadOrder order);

    /** Deletes every Job of the permit's stage run, and the pods of each. Idempotent. */
    UndoResult end(Permit permit, HelmTarget stable);
}
