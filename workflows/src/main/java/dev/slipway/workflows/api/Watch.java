package dev.slipway.workflows.api;

import dev.slipway.model.Verdict;
import io.temporal.activity.ActivityInterface;
import java.util.Optional;

/**
 * Looks at an environment's metrics; a watch is long, one heartbeating activity per ramp or soak. Reads only, but for the
 * trip.
 */
@ActivityInterface(namePrefix = "Watch_")
public interface Watch {
    /**
     * Folds over the samples since {@code from} until the evidence decides.
     *
     * @param from absent at the beginning
     */
    WatchResult watch(WatchOrder order, Optional<WatchState> from);

    /**
     * Whether a latency's bound is a bucket of its histogram, while it costs nothing to say no: Failed names the bounds that
     * there are, Inconclusive says why it cannot be known beforehand. Never throws for a Prometheus that is away.
     */
    Verdict bounds(BoundsOrder order);
}
