package dev.slipway.starter;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import org.jspecify.annotations.Nullable;

/**
 * What the workflow did with somebody's word.
 *
 * @param environment of the stage that took it; null when the release took it and no stage runs
 */
record Taken(ReleaseId release, @Nullable EnvironmentName environment, String message) {}
