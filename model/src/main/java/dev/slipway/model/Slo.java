package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A service level objective of one stage, with the stage's own objective filled in. Metrics are vector selectors, never
 * free PromQL: the watcher adds the namespace and the track.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Slo.Ratio.class, name = "ratio"),
    @JsonSubTypes.Type(value = Slo.Latency.class, name = "latency"),
    @JsonSubTypes.Type(value = Slo.Gauge.class, name = "gauge")
})
public sealed interface Slo {
    /** The name in release.yaml, unique within the pipeline. */
    String name();

    /**
     * At least {@code objective} of the events counted by {@code total} are not counted by {@code bad}.
     *
     * @param bad selector of a counter of bad events
     * @param total selector of a counter of all events
     */
    record Ratio(String name, String bad, String total, Objective objective) implements Slo {}

    /**
     * At least {@code objective} of the observations are at most {@code below} seconds.
     *
     * @param histogram name or selector of a classic histogram, without {@code _bucket}
     * @param below in seconds; must be the bound of a bucket
     */
    record Latency(String name, String histogram, double below, Objective objective) implements Slo {}

    /**
     * The highest value of a gauge stays within a limit.
     *
     * @param limit inclusive
     * @param direction on which side of the limit the gauge is healthy
     * @param onBreach what a breach means
     */
    record Gauge(String name, String gauge, Direction direction, double limit, OnBreach onBreach) implements Slo {}

    /** On which side of its limit a gauge is healthy. */
    enum Direction {
        BELOW,
        ABOVE
    }

    /** What a breach of a gauge means. */
    enum OnBreach {
        /** The version is bad. */
        FAIL,
        /** Capacity is short, which says nothing about the version: wait. */
        HOLD
    }
}
