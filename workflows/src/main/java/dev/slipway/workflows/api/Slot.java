package dev.slipway.workflows.api;

import dev.slipway.model.SlotId;
import io.temporal.activity.ActivityInterface;

/** The slots as Temporal knows them; runs on the control worker. */
@ActivityInterface(namePrefix = "Slot_")
public interface Slot {
    /** Returns when no stage runs in the slot; heartbeats while it waits, for days if need be. */
    void awaitFree(SlotId slot);
}
