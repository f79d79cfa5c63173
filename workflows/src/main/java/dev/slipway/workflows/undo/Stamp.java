package dev.slipway.workflows.undo;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;

/** Who acts: written into what a stage makes, so that its own work is recognised afterwards. */
public record Stamp(ReleaseId release, int attempt, EnvironmentName environment, String stageRun) {}
