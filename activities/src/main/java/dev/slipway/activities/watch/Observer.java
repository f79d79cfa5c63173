package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything that a watch judges, for one moment of Prometheus's clock. */
final class Observer {
    private final CounterSource source;
    private final SloReader reader;
    private final WatchOrder order;
    private final Patience patience;

    /**
     * @throws IllegalArgumentException when a selector cannot be read
     */
    Observer(CounterSource source, WatchOrder order, Patience patience) {
        this.source = source;
        this.reader = new SloReader(source, order.track());
        order.slos().forEach(SloReader::check);
        this.order = order;
        this.patience = patience;
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
        List<Reading> readings = new ArrayList<>();
        for (Slo slo : order.slos()) {
            alive.run();
            readings.add(reader.read(slo, range, at));
        }
        return new Look(at, up, readings);
    }
}
