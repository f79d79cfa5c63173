package dev.slipway.activities.slot;

import dev.slipway.model.SlotId;

/** What runs in a slot, as far as one can tell. */
@FunctionalInterface
interface StageRuns {
    /** Watches the slot for a few seconds: false once nothing runs there for certain, true as long as something may. */
    boolean mayRun(SlotId slot);
}
