package dev.slipway.activities.watch;

import dev.slipway.activities.Drain;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.Guard;
import dev.slipway.workflows.api.Watch;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches of one environment over its Prometheus. Each look is a heartbeat with all that was seen, so a restart loses nothing. */
public final class WatchActivities implements Watch {
    private static final Logger LOG = LoggerFactory.getLogger(WatchActivities.class);

    private final PrometheusClient prometheus;
    private final Optional<DirectScrape> direct;
    private final TripWire wire;
    private final Guard guard;
    private final Drain drain;
    private final Executor comparisons = Executors.newCachedThreadPool(WatchActivities::thread);

    /**
     * @param direct asks the pods themselves while a canary is exposed
     * @param guard asked while a watch runs
     * @param drain makes every watch hand over
     */
    public WatchActivities(
            PrometheusClient prometheus, Optional<DirectScrape> direct, TripWire wire, Guard guard, Drain drain) {
        this.prometheus = prometheus;
        this.direct = direct;
        this.wire = wire;
        this.guard = guard;
        this.drain = drain;
    }

    @Override
    public WatchResult watch(WatchOrder order, Optional<WatchState> from) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        Optional<WatchState> heartbeat = context.getHeartbeatDetails(WatchState.class);
        try (Vigil vigil = vigil(order)) {
            WatchResult result = vigil.keep(later(from, heartbeat), context::heartbeat);
            LOG.info(
                    "watch of {} in {} ends: {}",
                    order.track().release(),
                    order.track().namespace(),
                    words(result));
            return result;
        }
    }

    private static String words(WatchResult result) {
        if (result instanceof WatchResult.Decided decided) {
            return decided.verdict().word() + " " + decided.verdict().reason();
        }
        if (result instanceof WatchResult.Interfered interfered) {
            return "interfered, " + interfered.what();
        }
        return result instanceof WatchResult.Blind blind ? "blind, " + blind.reason() : "handed over";
    }

    private Vigil vigil(WatchOrder order) {
        try {
            return new Vigil(
                    order,
                    prometheus,
                    direct,
                    wire,
                    comparison(order.left()),
                    drain,
                    Patience.USUAL,
                    Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw FailureType.INVALID_INPUT.failure(String.valueOf(e.getMessage()));
        }
    }

    private Comparison comparison(Footprint left) {
        return left.equals(Footprint.NONE)
                ? Comparison.none()
                : new Comparison(() -> guard.compare(left), comparisons, Patience.USUAL.compared());
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body, "comparison");
        thread.setDaemon(true);
        return thread;
    }

    /** What an earlier attempt has seen counts, unless the workflow hands in something newer. */
    static Optional<WatchState> later(Optional<WatchState> from, Optional<WatchState> heartbeat) {
        return Stream.concat(from.stream(), heartbeat.stream()).max(Comparator.comparing(WatchState::cursor));
    }
}
