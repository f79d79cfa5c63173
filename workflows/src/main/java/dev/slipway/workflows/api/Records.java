package dev.slipway.workflows.api;

import io.temporal.activity.ActivityInterface;

/** What stays known of releases and recoveries when Temporal has forgotten it; runs on the control worker. */
@ActivityInterface(namePrefix = "Records_")
public interface Records {
    /** Keeps a batch. Keeping one twice, wholly or in part, is keeping it once: a fact is known by run and number. */
    void append(RecordBatch batch);

    /** The same for what happened in a recovery, which has a chain of its own. */
    void appendRecovery(RecoveryBatch batch);
}
