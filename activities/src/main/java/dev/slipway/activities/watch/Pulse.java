package dev.slipway.activities.watch;

import dev.slipway.workflows.api.WatchState;

/** Tells Temporal that the watch lives and what it has seen. */
@FunctionalInterface
interface Pulse {
    /**
     * @throws RuntimeException when the watch is to end at once: cancelled, timed out, or its workflow is gone
     */
    void beat(WatchState state);
}
