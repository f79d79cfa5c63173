package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Backend;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service, the Prometheus that scrapes it and whoever watches it, on one clock that moves from look to look. How a vigil is
 * run is known here and nowhere else.
 */
final class Lookout implements AutoCloseable {
    static final HelmTarget CANARY = new HelmTarget(new EnvironmentName("production"), "production", "llm-canary");
    static final HelmTarget STABLE = new HelmTarget(new EnvironmentName("production"), "production", "llm");
    static final Slo ERRORS = new Slo.Ratio("errors", "requests{status=~\"5..\"}", "requests", Objective.parse("99%"));
    static final Slo LATENCY = new Slo.Latency("latency", "seconds", 2.5, Objective.parse("95%"));
    static final Slo QUEUE = new Slo.Gauge("queue", "waiting", Slo.Direction.BELOW, 20, Slo.OnBreach.HOLD);
    private static final RouteTarget ROUTE = new RouteTarget(
            CANARY.environment(), "production", "llm", new Backend("llm", 80), new Backend("llm-canary", 80));
    private static final Share.Reach REACH = new Share.Reach(Duration.ofSeconds(5), Duration.ofMinutes(5));
    private static final Duration LIMIT = Duration.ofDays(7);

    final FakePrometheus prometheus = new FakePrometheus();
    final FakeService service = new FakeService(prometheus);
    final List<WatchState> heartbeats = new ArrayList<>();
    final List<String> trips = new ArrayList<>();
    private final Instant begin = prometheus.now();
    private final Clock clock = new WorkersClock();
    private Instant nextScrape = begin;

    /** How often Prometheus scrapes. */
    Duration scrapeInterval = Duration.ofSeconds(2);

    /** How often somebody looks. */
    Duration lookInterval = Duration.ofSeconds(1);

    /** How long the client waits for an answer. */
    Duration timeout = Duration.ofSeconds(5);

    Duration workersClockIsAhead = Duration.ZERO;

    /** Whether Prometheus lives to scrape. */
    boolean scrapes = true;

    /** Whether the worker drains, so that a watch hands over after its look. */
    boolean drains;

    /** What is done on a breach. */
    TripWire wire = this::trip;

    /** Looks for what somebody else has changed. */
    Comparison comparison = Comparison.none();

    /** What happens when the clock has moved. */
    Runnable each = () -> {};

    /** A ramp of a minute to five with at least a hundred requests. */
    static Orders ramp(Slo... slos) {
        return Orders.ramp(CANARY, slos).trip(new WatchOrder.Trip(ROUTE, 7)).minRequests(100);
    }

    /** The first scrape comes so long after the begin; at the begin unless somebody says so. */
    void scrapesBegin(Duration later) {
        nextScrape = begin.plus(later);
    }

    /** How much time has passed. */
    Duration passed() {
        return Duration.between(begin, prometheus.now());
    }

    /** How many whole seconds have passed. */
    long seconds() {
        return passed().toSeconds();
    }

    /** The verdict of a watch that ends with one. */
    Verdict decided(WatchOrder order) {
        return decided(watch(order));
    }

    static Verdict decided(WatchResult result) {
        assertThat(result).isInstanceOf(WatchResult.Decided.class);
        return ((WatchResult.Decided) result).verdict();
    }

    /** The verdict of as many watches as it takes: a stage goes on where one was blind or has handed over. */
    Verdict stage(WatchOrder order) {
        Optional<WatchState> from = Optional.empty();
        while (true) {
            WatchResult result = keep(order, from);
            if (result instanceof WatchResult.Blind blind) {
                from = Optional.of(blind.state());
            } else if (result instanceof WatchResult.HandedOver over) {
                from = Optional.of(over.state());
            } else {
                return decided(result);
            }
        }
    }

    WatchResult watch(WatchOrder order) {
        return keep(order, Optional.empty());
    }

    /** One watch from its first look, which is at once, to its end. */
    WatchResult keep(WatchOrder order, Optional<WatchState> from) {
        move(Duration.ZERO);
        PrometheusClient client = new PrometheusClient(prometheus.uri(), timeout, 32L << 20);
        Seat seat = new Seat(client);
        Vigil vigil = new Vigil(order, from, seat, Optional.empty(), wire, comparison, patience(), clock);
        vigil.announce(seat);
        while (true) {
            seat.take(Round.of(List.of(seat), client, REACH, Runnable::run));
            Optional<WatchResult> end = vigil.step(this::beat);
            seat.leave();
            if (end.isPresent() || drains) {
                return end.orElseGet(vigil::handOver);
            }
        }
    }

    /** A worker's own, but time is moved by the heartbeat and by nothing else. */
    private static Patience patience() {
        Patience usual = Patience.USUAL;
        return new Patience(
                Duration.ZERO, usual.settled(), usual.lookBack(), usual.atOnce(), usual.compared(), usual.handOver());
    }

    /** Heartbeats come between the queries of one look too; time goes on only between two looks. */
    private void beat(WatchState state) {
        heartbeats.add(state);
        boolean looking = StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(f -> f.getClassName().equals(Observer.class.getName())));
        if (!looking) {
            move(lookInterval);
        }
    }

    /** Time goes on, and Prometheus scrapes, while nobody watches. */
    void move(Duration by) {
        Instant until = prometheus.now().plus(by);
        while (!nextScrape.isAfter(until)) {
            to(nextScrape);
            if (scrapes) {
                service.scrape();
            }
            nextScrape = nextScrape.plus(scrapeInterval);
        }
        to(until);
    }

    private void to(Instant moment) {
        prometheus.advance(Duration.between(prometheus.now(), moment));
        assertThat(passed()).as("a watch that never ends").isLessThan(LIMIT);
        service.serve();
        each.run();
    }

    private boolean trip(RouteTarget route, long epoch, String reason) {
        trips.add(route.route() + " at " + epoch + ": " + reason);
        return true;
    }

    @Override
    public void close() {
        prometheus.close();
    }

    private final class WorkersClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return prometheus.now().plus(workersClockIsAhead);
        }
    }
}
