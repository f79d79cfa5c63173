package dev.slipway.workflows.api;

import io.temporal.activity.ActivityInterface;

/** What Temporal knows of who is in a slot; runs on the control worker. */
@ActivityInterface(namePrefix = "Slot_")
public interface Slot {
    /**
     * Returns when the workflow is closed, however it was, or was never there; heartbeats while it waits, for days if
     * need be.
     *
     * @param run empty: whichever run of it is the latest
     */
    void awaitClosed(String workflow, String run);
}
