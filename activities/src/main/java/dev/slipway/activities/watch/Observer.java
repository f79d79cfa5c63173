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
    private final CounterSource prometheus;
    private final Optional<PodScrapes> pods;
    private final WatchOrder order;
    private final Patience patience;

    /**
     * @param pods scrapes of the pods themselves; empty when only Prometheus is asked
     * @throws IllegalArgumentException when a selector cannot be read
     */
    Observer(CounterSource prometheus, Optional<PodScrapes> pods, WatchOrder order, Patience patience) {
        this.prometheus = prometheus;
        this.pods = pods;
        order.slos().forEach(SloReader::check);
        this.order = order;
        this.patience = patience;
    }

    Instant now() throws PrometheusException {
        return prometheus.now();
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
     * @param alive called before each query, which may take seconds
     */
    Look look(WatchState state, Instant now, Runnable alive) throws PrometheusException {
        return look(prometheus, state, now, alive);
    }

    /** The pods' own samples since the state's cursor. */
    Look lookAtPods(WatchState state, Instant now, Runnable alive) throws PrometheusException {
        return look(pods.isPresent() ? pods.get() : prometheus, state, now, alive);
    }

    private Look look(CounterSource source, WatchState state, Instant now, Runnable alive) throws PrometheusException {
        Instant reach = state.cursor().plus(patience.atOnce());
        Instant at = now.isAfter(reach) ? reach : now;
        Instant begin = state.cursor().minus(patience.lookBack());
        Duration range = Duration.between(begin, at.isAfter(begin) ? at : begin.plusMillis(1));
        CounterSource beating = new Beating(source, alive);
        SloReader canary = new SloReader(beating, order.track());
        List<Series> up = canary.up(range, at);
        List<Reading> readings = read(canary, order.slos(), range, at);
        if (order.stable().isEmpty()) {
            return new Look(at, up, readings);
        }
        SloReader stable = new SloReader(beating, order.stable().get());
        Optional<Instant> since = Look.firstScrape(stable.up(range, at));
        return new Look(at, up, readings, read(stable, counted(), range, at), since);
    }

    private static List<Reading> read(SloReader track, List<Slo> slos, Duration range, Instant at)
            throws PrometheusException {
        List<Reading> readings = new ArrayList<>();
        for (Slo slo : slos) {
            readings.add(track.read(slo, range, at));
        }
        return readings;
    }

    /** A gauge is a limit for one version and nothing to compare. */
    private List<Slo> counted() {
        return order.slos().stream().filter(slo -> !(slo instanceof Slo.Gauge)).toList();
    }
}
