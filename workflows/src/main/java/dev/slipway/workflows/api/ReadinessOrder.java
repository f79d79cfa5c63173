package dev.slipway.workflows.api;

import java.time.Duration;

/**
 * Wait for a side to become ready.
 *
 * @param revision of the Helm release whose objects are waited for
 * @param within the environment's start-up limit
 */
public record ReadinessOrder(HelmTarget target, int revision, Duration within) {}
