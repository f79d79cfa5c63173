package dev.slipway.workflows.api;

import dev.slipway.model.Risk;
import dev.slipway.model.Rule;
import dev.slipway.model.Slo;
import dev.slipway.model.analysis.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to watch and when to end.
 *
 * @param track the Helm release whose metrics count
 * @param stable the Helm release that serves beside it and is compared with it; absent when there is none
 * @param purpose what may end it
 * @param slos what is judged, may be empty
 * @param rule how the events of its SLOs decide
 * @param risk of each SLO in this watch
 * @param warmUp time from the start that does not count
 * @param atLeast for a ramp the least time; for a soak the healthy time that must be earned
 * @param atMost undecided until then is Inconclusive; the time for which a soak's risk is meant
 * @param minRequests without which nothing passes
 * @param blindBudget without any answer from Prometheus for so long, the watch ends Blind
 * @param trip how to take the traffic off on a breach, absent when the new version has all traffic
 * @param left what must still be there as we left it; a change ends the watch Interfered
 */
public record WatchOrder(
        HelmTarget track,
        Optional<HelmTarget> stable,
        Purpose purpose,
        List<Slo> slos,
        Rule rule,
        Risk risk,
        Duration warmUp,
        Duration atLeast,
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
