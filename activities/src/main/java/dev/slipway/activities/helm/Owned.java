package dev.slipway.activities.helm;

import java.util.Optional;

/**
 * A revision, and whose it is as seen by the stage that looks.
 *
 * @param ours the mark of this stage run, when it has made the revision
 * @param prior whether it is, or tries to be, what an undo returns to, whoever made it
 */
record Owned(Revision revision, Optional<Mark> ours, boolean prior) {
    /** Whether somebody else made it, and not to bring the prior state back. */
    boolean strange() {
        return ours.isEmpty() && !prior;
    }
}
