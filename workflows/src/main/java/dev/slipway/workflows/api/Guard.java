package dev.slipway.workflows.api;

import io.temporal.activity.ActivityInterface;
import java.util.Optional;

/** Compares what is in the cluster with what a stage has left there. Read only. */
@ActivityInterface(namePrefix = "Guard_")
public interface Guard {
    /**
     * What somebody else changed, in sentences that name object, field, old and new value, by whom and when as far as the
     * cluster tells; values of Secrets are masked. Empty when all is as we left it. Replica counts do not matter.
     */
    Optional<String> compare(Footprint left);
}
