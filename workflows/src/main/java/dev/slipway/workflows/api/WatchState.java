package dev.slipway.workflows.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a watch has seen so far: heartbeat detail and hand-over, so that a restart loses no evidence. All instants are
 * Prometheus's own.
 *
 * @param startedAt when the watch began
 * @param cursor up to when samples are counted
 * @param counts per SLO
 * @param firstRequest when the first request to the new version was seen
 * @param healthy time earned so far
 * @param blindSince since when there is no answer
 */
public record WatchState(
        Instant startedAt,
        Instant cursor,
        Map<String, Counts> counts,
        Optional<Instant> firstRequest,
        Duration healthy,
        Optional<Instant> blindSince) {
    public WatchState {
        counts = Map.copyOf(counts);
    }

    /** The same evidence, as if an answer had come just now. */
    public WatchState seeing() {
        return new WatchState(startedAt, cursor, counts, firstRequest, healthy, Optional.empty());
    }

    /** Events counted since the first request: {@code bad} of {@code total}; for a gauge, {@code worst} is its worst value. */
    public record Counts(double bad, double total, double worst) {}
}
