package dev.slipway.model;

import java.time.Duration;

/**
 * How long something took in this release: what an estimate may rest on.
 *
 * @param step such as {@code rolling}
 */
public record Measured(EnvironmentName environment, String step, Duration took) {}
