package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A source that says before each query that somebody lives: a slow one may take as long as a heartbeat may be away. */
record Beating(CounterSource source, Runnable alive) implements CounterSource {
    @Override
    public Instant now() throws PrometheusException {
        alive.run();
        return source.now();
    }

    @Override
    public List<Series> samples(Selector selector, Duration range, Instant at) throws PrometheusException {
        alive.run();
        return source.samples(selector, range, at);
    }

    @Override
    public List<Series> latest(Selector selector, Instant at) throws PrometheusException {
        alive.run();
        return source.latest(selector, at);
    }
}
