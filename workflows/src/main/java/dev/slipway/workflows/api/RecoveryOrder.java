package dev.slipway.workflows.api;

import dev.slipway.model.Environment;
import dev.slipway.model.ServiceName;
import dev.slipway.model.SlotId;

/**
 * Put a slot back whose stage is gone.
 *
 * @param environment as it is configured now
 * @param dryRun look and tell, change nothing
 */
public record RecoveryOrder(ServiceName service, Environment environment, Said asked, boolean dryRun) {
    /** The slot, whose id is the recovery's. */
    public SlotId slot() {
        return new SlotId(service, environment.name());
    }
}
