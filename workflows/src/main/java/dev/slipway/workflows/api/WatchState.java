package dev.slipway.workflows.api;

import dev.slipway.model.analysis.Progress;
import dev.slipway.model.analysis.sequential.Tape;
import dev.slipway.model.analysis.sequential.Trial;
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
 * @param counts of gauges, by SLO
 * @param trials of ratio and latency SLOs, by SLO; they remember all that was counted
 * @param firstRequest when the first request to the new version was seen
 * @param healthy time earned so far
 * @param blindSince since when there is no answer
 * @param tape what the trials were given
 * @param progress how far the watch is, for people
 */
public record WatchState(
        Instant startedAt,
        Instant cursor,
        Map<String, Counts> counts,
        Map<String, Trial> trials,
        Optional<Instant> firstRequest,
        Duration healthy,
        Optional<Instant> blindSince,
        Optional<Tape> tape,
        Optional<Progress> progress) {
    public WatchState {
        counts = Map.copyOf(counts);
        trials = Map.copyOf(trials);
    }

    /** Nothing seen yet. */
    public static WatchState begin(Instant at) {
        return new WatchState(
                at,
                at,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same evidence, and no answer since then. */
    public WatchState blindSince(Instant since) {
        return new WatchState(
                startedAt, cursor, counts, trials, firstRequest, healthy, Optional.of(since), tape, progress);
    }

    /** The same evidence, with trials that have learnt what is no evidence. */
    public WatchState knowing(Map<String, Trial> learnt) {
        return new WatchState(startedAt, cursor, counts, learnt, firstRequest, healthy, blindSince, tape, progress);
    }

    /** The same evidence, with what people are told of it. */
    public WatchState with(Progress told) {
        return new WatchState(
                startedAt, cursor, counts, trials, firstRequest, healthy, blindSince, tape, Optional.of(told));
    }

    /** The same evidence, up to a later moment in which nothing counts. */
    public WatchState at(Instant moment) {
        return new WatchState(startedAt, moment, counts, trials, firstRequest, healthy, blindSince, tape, progress);
    }

    /** The same evidence, as if an answer had come just now. */
    public WatchState seeing() {
        return new WatchState(
                startedAt, cursor, counts, trials, firstRequest, healthy, Optional.empty(), tape, progress);
    }

    /** The same evidence, with what the trials were given. */
    public WatchState on(Optional<Tape> written) {
        return new WatchState(startedAt, cursor, counts, trials, firstRequest, healthy, blindSince, written, progress);
    }

    /** Samples of a gauge: {@code bad} of {@code total} out of its limit, and the worst of them. */
    public record Counts(double bad, double total, double worst) {}
}
