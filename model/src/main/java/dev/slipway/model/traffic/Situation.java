package dev.slipway.model.traffic;

import dev.slipway.model.Weight;

/**
 * What an undo sees before each of its steps, observed and not remembered.
 *
 * @param stableReady whether stable could take traffic, whatever it runs
 * @param canaryReady whether the canary could take traffic
 * @param canaryWeight the share that the route sends to the canary now
 * @param load whether Jobs of ours may still send requests
 */
public record Situation(
        boolean stableReady,
        boolean canaryReady,
        Weight canaryWeight,
        Debt stable,
        Debt route,
        Debt canary,
        Debt load) {}
