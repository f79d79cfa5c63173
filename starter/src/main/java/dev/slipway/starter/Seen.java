package dev.slipway.starter;

import dev.slipway.model.ReleaseView;

/**
 * A release as it was seen just now.
 *
 * @param run what Temporal itself knows
 * @param stale no worker answered: phases and stages are the last that Temporal knows
 */
record Seen(Run run, ReleaseView view, boolean stale) {
    /** Nothing will change any more. */
    boolean last() {
        return !run.running();
    }
}
