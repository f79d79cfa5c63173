package dev.slipway.workflows.api;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.SlotId;

/**
 * One thing that a stage has left in a cluster and must account for: an open claim, a canary, its share of the traffic, a
 * Helm operation that was begun.
 *
 * @param stageRun the run of the stage that left it
 * @param what for a person: the object and what is wrong with it
 */
public record Trace(SlotId slot, ReleaseId release, String stageRun, String what) {}
