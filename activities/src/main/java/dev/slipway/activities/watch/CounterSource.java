package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Where raw samples come from: a Prometheus, or the pods themselves. All instants are the source's own clock's. An empty
 * list is a complete answer; whatever is none is a {@link PrometheusException}.
 */
interface CounterSource {
    /** The source's own time. */
    Instant now() throws PrometheusException;

    /** The raw samples of the selector in {@code (at - range, at]}, without alignment or look-back. */
    List<Series> samples(Selector selector, Duration range, Instant at) throws PrometheusException;

    /** The newest sample of each series, at most five minutes old. */
    List<Series> latest(Selector selector, Instant at) throws PrometheusException;
}
