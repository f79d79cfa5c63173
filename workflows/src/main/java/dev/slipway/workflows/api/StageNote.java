package dev.slipway.workflows.api;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Phase;

/**
 * What a stage tells its release when its phase changes.
 *
 * @param waitingFor as in {@link dev.slipway.model.ReleaseView#waitingFor()}
 * @param stageRun run of the stage's workflow
 */
public record StageNote(EnvironmentName environment, Phase phase, String waitingFor, String reason, String stageRun) {}
