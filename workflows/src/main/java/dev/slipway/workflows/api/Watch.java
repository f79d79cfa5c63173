package dev.slipway.workflows.api;

import io.temporal.activity.ActivityInterface;
import java.util.Optional;

/** Long watches over an environment's metrics; one heartbeating activity per ramp or soak. Reads only, but for the trip. */
@ActivityInterface(namePrefix = "Watch_")
public interface Watch {
    /**
     * Folds over the samples since {@code from} until the evidence decides.
     *
     * @param from absent at the beginning
     */
    WatchResult watch(WatchOrder order, Optional<WatchState> from);
}
