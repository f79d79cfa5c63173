package dev.slipway.workflows.api;

import dev.slipway.model.Slo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to watch and when to end.
 *
 * @param track the Helm release whose metrics count
 * @param slos what is judged, may be empty
 * @param warmUp time from the start that does not count
 * @param atLeast for a ramp the least time; for a soak the healthy time that must be earned
 * @param earned whether only time with fresh evidence of health counts towards {@code atLeast} (soak)
 * @param atMost undecided until then is Inconclusive
 * @param minRequests that a verdict needs
 * @param blindBudget without any answer from Prometheus for so long, the watch ends Blind
 * @param trip how to take the traffic off on a breach, absent when the new version has all traffic
 * @param left what must still be there as we left it; a change ends the watch Interfered
 */
public record WatchOrder(
        HelmTarget track,
        List<Slo> slos,
        Duration warmUp,
        Duration atLeast,
        boolean earned,
        Duration atMost,
        long minRequests,
        Duration blindBudget,
        Optional<Trip> trip,
        Footprint left) {
    public WatchOrder {
        slos = List.copyOf(slos);
    }

    /** The route to cut and the epoch for which this watcher may do it. */
    public record Trip(RouteTarget route, long epoch) {}
}
