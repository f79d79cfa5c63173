package dev.slipway.workflows.api;

/** A system that is told of releases and has no say in them. */
public enum Sink {
    /** CDEvents, as CloudEvents over HTTP. */
    CDEVENTS,
    /** Deployments and their statuses on GitHub. */
    GITHUB,
    /** Traces, as spans of OpenTelemetry over HTTP. */
    TRACES
}
