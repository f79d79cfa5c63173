package dev.slipway.activities.seal;

import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.undo.Stamp;

/** What must hold before anything of a new version is put into the environment. Putting back never asks it. */
@FunctionalInterface
public interface Seal {
    /** For an environment whose worker takes the workflow's word. */
    Seal NONE = (stamp, order) -> {};

    /**
     * Returns when it may be deployed.
     *
     * @param stamp whose work it is said to be
     * @throws io.temporal.failure.ApplicationFailure UNAPPROVED when it may not; UNREACHABLE when nobody can tell now
     */
    void require(Stamp stamp, DeployOrder order);
}
