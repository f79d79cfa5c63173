package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at everything that a watch judges, for one moment of Prometheus's clock: at the pods themselves where they have said
 * all that counts, for the sake of speed, and else at Prometheus, which remembers.
 */
final class Observer {
    /** Enough to see how bursty a service is. */
    static final Duration LEARNT = Duration.ofMinutes(10);

    private final Side prometheus;
    private final Optional<PodScrapes> pods;
    private final Optional<Side> direct;
    private final WatchOrder order;
    private final Patience patience;

    /**
     * @param pods scrapes of the pods themselves; empty when only Prometheus is asked
     */
    Observer(CounterSource prometheus, Optional<PodScrapes> pods, WatchOrder order, Patience patience) {
        this.prometheus = Side.of(prometheus, order);
        this.pods = pods;
        this.direct = pods.map(source -> Side.of(source, order));
        this.order = order;
        this.patience = patience;
    }

    /** What asks one source for the samples of both tracks. */
    private record Side(CounterSource source, SloReader track, Optional<SloReader> stable) {
        static Side of(CounterSource source, WatchOrder order) {
            return new Side(
                    source,
                    new SloReader(source, order.track()),
                    order.stable().map(track -> new SloReader(source, track)));
        }
    }

    /** What the first look after this state will ask Prometheus, and from when on. */
    void announce(Seat seat, WatchState state) {
        Instant begin = state.cursor().minus(patience.lookBack());
        prometheus.track().expected(order.slos()).forEach(selector -> seat.expect(selector, begin));
        prometheus
                .stable()
                .ifPresent(other -> other.expected(counted()).forEach(selector -> seat.expect(selector, begin)));
    }

    Instant now() throws PrometheusException {
        return prometheus.source().now();
    }

    /** Up to when the pods themselves have said everything since the cursor; empty when Prometheus must be asked. */
    Optional<Instant> pods(Instant cursor) {
        return pods.filter(scrapes -> scrapes.covers(cursor)).map(PodScrapes::complete);
    }

    /** Where samples since this cursor come from, for a person. */
    String words(Instant cursor) {
        if (pods.isEmpty()) {
            return "from Prometheus";
        }
        return pods.get()
                .gap(cursor)
                .map(gap -> "from Prometheus (" + gap + ")")
                .orElseGet(() ->
                        "from the pods themselves, every " + pods.get().every().toMillis() + " ms");
    }

    /**
     * Prometheus's samples since the state's cursor, up to now or as far as one look reaches.
     *
     * @param alive called between the queries, each of which may take seconds
     */
    Look look(WatchState state, Instant now, Runnable alive) throws PrometheusException {
        return look(prometheus, state, now, alive);
    }

    /** Stable's samples of some minutes before a moment, when nobody stood beside it; of Prometheus, which was there. */
    Look stableBefore(Instant moment) throws PrometheusException {
        SloReader stable = prometheus.stable().orElseThrow();
        Duration range = LEARNT.plus(patience.lookBack());
        List<Series> up = stable.up(range, moment);
        List<Reading> readings = read(stable, counted(), range, moment, () -> {});
        return new Look(moment, up, List.of(), readings, Look.firstScrape(up));
    }

    /** The pods' own samples since the state's cursor. */
    Look lookAtPods(WatchState state, Instant now, Runnable alive) throws PrometheusException {
        return look(direct.orElse(prometheus), state, now, alive);
    }

    private Look look(Side side, WatchState state, Instant now, Runnable alive) throws PrometheusException {
        Instant reach = state.cursor().plus(patience.atOnce());
        Instant at = now.isAfter(reach) ? reach : now;
        Instant begin = state.cursor().minus(patience.lookBack());
        Duration range = Duration.between(begin, at.isAfter(begin) ? at : begin.plusMillis(1));
        alive.run();
        List<Series> up = side.track().up(range, at);
        List<Reading> readings = read(side.track(), order.slos(), range, at, alive);
        if (side.stable().isEmpty()) {
            return new Look(at, up, readings);
        }
        SloReader stable = side.stable().get();
        alive.run();
        Optional<Instant> since = Look.firstScrape(stable.up(range, at));
        return new Look(at, up, readings, read(stable, counted(), range, at, alive), since);
    }

    private static List<Reading> read(SloReader track, List<Slo> slos, Duration range, Instant at, Runnable alive)
            throws PrometheusException {
        List<Reading> readings = new ArrayList<>();
        for (Slo slo : slos) {
            alive.run();
            readings.add(track.read(slo, range, at));
        }
        return readings;
    }

    /** A gauge is a limit for one version and nothing to compare. */
    private List<Slo> counted() {
        return order.slos().stream().filter(slo -> !(slo instanceof Slo.Gauge)).toList();
    }
}
