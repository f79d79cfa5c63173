package dev.slipway.activities.watch;

import dev.slipway.activities.Drain;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.BoundsOrder;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.Guard;
import dev.slipway.workflows.api.Watch;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionClient;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Watches of one environment over its Prometheus, and what can be told before one. An activity only begins a watch; a {@link Hub} keeps it, and tells Temporal
 * with each heartbeat all that was seen, so a restart loses nothing.
 */
public final class WatchActivities implements Watch {
    private static final int LOOKS_AT_ONCE = 2;

    private final CounterSource source;
    private final Optional<DirectScrape> direct;
    private final TripWire wire;
    private final Guard guard;
    private final ActivityCompletionClient completion;
    private final Hands hands = new Hands(LOOKS_AT_ONCE);
    private final Hub hub;

    /**
     * @param direct asks the pods themselves while a canary is exposed
     * @param guard asked while a watch runs
     * @param completion what a watch's end is reported by
     * @param drain makes every watch hand over, and waits for that
     */
    public WatchActivities(
            PrometheusClient prometheus,
            Optional<DirectScrape> direct,
            TripWire wire,
            Guard guard,
            ActivityCompletionClient completion,
            Drain drain) {
        this.source = prometheus;
        this.direct = direct;
        this.wire = new SideWire(wire, hands.tripping);
        this.guard = guard;
        this.completion = completion;
        this.hub = new Hub(source, drain, Patience.USUAL, hands);
    }

    /** Returns at once; the result is the hub's to report. */
    @Override
    public WatchResult watch(WatchOrder order, Optional<WatchState> from) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        Seat seat = new Seat(source);
        Vigil vigil = vigil(order, later(from, context.getHeartbeatDetails(WatchState.class)), seat);
        WatchResult ignored = vigil.handOver();
        String name = order.track().release() + " in " + order.track().namespace();
        Report report = new TemporalReport(
                name, completion, context.getTaskToken(), context.getInfo().getHeartbeatTimeout());
        context.doNotCompleteOnReturn();
        hub.open(new OpenWatch(name, vigil, seat, report));
        return ignored;
    }

    @Override
    public Verdict bounds(BoundsOrder order) {
        return Foresight.of(source, order);
    }

    private Vigil vigil(WatchOrder order, Optional<WatchState> from, Seat seat) {
        try {
            return new Vigil(
                    order, from, seat, direct, wire, comparison(order.left()), Patience.USUAL, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw FailureType.INVALID_INPUT.failure(String.valueOf(e.getMessage()));
        }
    }

    private Comparison comparison(Footprint left) {
        return left.equals(Footprint.NONE)
                ? Comparison.none()
                : new Comparison(() -> guard.compare(left), hands.comparing, hub::betweenComparisons);
    }

    /** What an earlier attempt has seen counts, unless the workflow hands in something newer. */
    static Optional<WatchState> later(Optional<WatchState> from, Optional<WatchState> heartbeat) {
        return Stream.concat(from.stream(), heartbeat.stream()).max(Comparator.comparing(WatchState::cursor));
    }
}
