package dev.slipway.workflows.api;

import dev.slipway.model.Outcome;
import dev.slipway.model.StageView;

/** How a stage ended, and its last view. */
public record StageResult(Outcome outcome, StageView view) {}
