package dev.slipway.workflows.api;

import dev.slipway.model.StagePlan;

/** One stage of a release. */
public record StageOrder(ReleaseOrder release, StagePlan stage) {}
