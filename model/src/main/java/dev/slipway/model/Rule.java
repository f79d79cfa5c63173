package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/**
 * How the counted events of an SLO become a decision. Sequential unless somebody asks for a threshold, which promises nothing
 * about false alarms (docs/analysis.md).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Rule.Sequential.class, name = "sequential"),
    @JsonSubTypes.Type(value = Rule.Consecutive.class, name = "consecutive"),
    @JsonSubTypes.Type(value = Rule.FailureLimit.class, name = "failureLimit"),
    @JsonSubTypes.Type(value = Rule.BurnRate.class, name = "burnRate")
})
public sealed interface Rule {
    /** What is meant when nothing is said. */
    Rule DEFAULT = new Sequential();

    /** As soon as the evidence allows, within the risk of the release. */
    record Sequential() implements Rule {}

    /**
     * Fails after so many bad looks in a row.
     *
     * @param every between two looks, more than zero
     * @param limit bad looks in a row that fail, at least 1
     * @param enough good looks that pass a ramp, at least 1; a soak passes on earned time
     */
    record Consecutive(Duration every, int limit, int enough) implements Rule {}

    /**
     * Fails after more than so many bad looks in all.
     *
     * @param every between two looks, more than zero
     * @param limit bad looks that are forgiven, 0 or more
     * @param enough good looks that pass a ramp, at least 1; a soak passes on earned time
     */
    record FailureLimit(Duration every, int limit, int enough) implements Rule {}

    /**
     * Of a soak: fails when the error budget burns 14.4 times too fast over an hour or 6 times over six hours (Site
     * Reliability Workbook, chapter 5).
     */
    record BurnRate() implements Rule {}
}
