package dev.slipway.workflows.api;

import dev.slipway.model.Backend;
import dev.slipway.model.Gate;

/** An HTTP check against the Service of one side. */
public record CheckOrder(HelmTarget target, Backend backend, Gate.HttpCheck gate) {}
