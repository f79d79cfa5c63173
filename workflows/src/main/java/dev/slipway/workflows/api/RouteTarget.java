package dev.slipway.workflows.api;

import dev.slipway.model.Backend;
import dev.slipway.model.EnvironmentName;

/** The HTTPRoute of one slot and the two backends whose weights are ours. */
public record RouteTarget(
        EnvironmentName environment, String namespace, String route, Backend stable, Backend canary) {}
