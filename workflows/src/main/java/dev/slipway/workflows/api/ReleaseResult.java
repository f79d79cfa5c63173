package dev.slipway.workflows.api;

import dev.slipway.model.Outcome;
import dev.slipway.model.ReleaseView;

/** How a release ended, and its last view, so that it can be shown without a worker. */
public record ReleaseResult(Outcome outcome, ReleaseView view) {}
