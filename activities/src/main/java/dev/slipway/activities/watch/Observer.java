package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything that a watch judges, for one moment of Prometheus's clock. */
final class Observer {
    private final CounterSource source;
    private final SloReader reader;
    private final Optional<SloReader> stable;
    private final WatchOrder order;
    private final Patience patience;

    /**
     * @throws IllegalArgumentException when a selector cannot be read
     */
    Observer(CounterSource source, WatchOrder order, Patience patience) {
        this.source = source;
        this.reader = new SloReader(source, order.track());
        this.stable = order.stable().map(track -> new SloReader(source, track));
        order.slos().forEach(SloReader::check);
        this.order = order;
        this.patience = patience;
    }

    /** What the first look after this state will ask, and from when on. */
    void announce(Seat seat, WatchState state) {
        Instant begin = state.cursor().minus(patience.lookBack());
        reader.expected(order.slos()).forEach(selector -> seat.expect(selector, begin));
        stable.ifPresent(other -> other.expected(counted()).forEach(selector -> seat.expect(selector, begin)));
    }

    Instant now() throws PrometheusException {
        return source.now();
    }

    /**
     * The samples since the state's cursor, up to now or as far as one look reaches.
     *
     * @param alive called between the queries, each of which may take seconds
     */
    Look look(WatchState state, Instant now, Runnable alive) throws PrometheusException {
        Instant reach = state.cursor().plus(patience.atOnce());
        Instant at = now.isAfter(reach) ? reach : now;
        Instant begin = state.cursor().minus(patience.lookBack());
        Duration range = Duration.between(begin, at.isAfter(begin) ? at : begin.plusMillis(1));
        alive.run();
        List<Series> up = reader.up(range, at);
        List<Reading> readings = read(reader, order.slos(), range, at, alive);
        if (stable.isEmpty()) {
            return new Look(at, up, readings);
        }
        alive.run();
        Optional<Instant> since = Look.firstScrape(stable.get().up(range, at));
        return new Look(at, up, readings, read(stable.get(), counted(), range, at, alive), since);
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
