package dev.slipway.activities.emit;

import dev.slipway.workflows.api.RecordBatch;

/** One who is told what happened in releases. */
@FunctionalInterface
public interface Listener {
    /**
     * Returns when it has heard, or does not want to hear. May hear the same again, wholly or in part.
     *
     * @throws io.temporal.failure.ApplicationFailure when it may hear another time
     */
    void hear(RecordBatch batch);
}
