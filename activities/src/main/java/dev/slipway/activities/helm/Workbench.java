package dev.slipway.activities.helm;

import dev.slipway.workflows.api.HelmTarget;

/**
 * All that one call on one release works with.
 *
 * @param writer names this worker process in the marks that it leaves
 */
record Workbench(
        HelmTarget target,
        HelmClient client,
        HelmCluster cluster,
        Ownership ownership,
        Lock lock,
        Recovery recovery,
        String writer) {
    Look look() {
        return new Look(client, ownership, target);
    }

    WayBack wayBack() {
        return new WayBack(client, target);
    }
}
