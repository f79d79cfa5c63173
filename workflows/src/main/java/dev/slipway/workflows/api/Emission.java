package dev.slipway.workflows.api;

/** Facts for one sink. */
public record Emission(Sink sink, RecordBatch batch) {}
