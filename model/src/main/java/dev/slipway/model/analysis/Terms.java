package dev.slipway.model.analysis;

import dev.slipway.model.Slo;
import java.time.Duration;
import java.util.List;

/**
 * What has to be seen before a watch ends.
 *
 * @param purpose what may end it
 * @param slos what is judged, may be empty
 * @param warmUp time from the start that does not count
 * @param atLeast the least time since the start, or the healthy time that must be earned
 * @param atMost undecided until then is Inconclusive
 * @param minRequests that each ratio and latency SLO must have seen to pass; a ramp needs at least one even when this is 0
 */
public record Terms(
        Purpose purpose, List<Slo> slos, Duration warmUp, Duration atLeast, Duration atMost, long minRequests) {
    public Terms {
        slos = List.copyOf(slos);
    }

    /** Whether only healthy time counts. */
    boolean earned() {
        return purpose != Purpose.RAMP;
    }

    /** Requests without which nothing passes: a soak may be idle when it asks for none, a ramp never. */
    long requestsToPass() {
        return earned() ? minRequests : Math.max(minRequests, 1);
    }
}
