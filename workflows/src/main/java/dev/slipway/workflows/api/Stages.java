package dev.slipway.workflows.api;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/** The runs of stages as Temporal knows them; runs on the control worker. */
@ActivityInterface(namePrefix = "Stages_")
public interface Stages {
    /**
     * The traces that nobody accounts for: no stage and no recovery is open in the slot, and no person was told at the end
     * of the stage that they would stay.
     */
    List<Trace> orphaned(List<Trace> traces);
}
