package dev.slipway.workflows.api;

import dev.slipway.model.Measured;
import dev.slipway.model.StagePlan;
import java.util.List;

/**
 * One stage of a release.
 *
 * @param measured how long this release's deployments took in the stages before
 */
public record StageOrder(ReleaseOrder release, StagePlan stage, List<Measured> measured) {
    /** An order that was written before something was measured means nothing was. */
    public StageOrder {
        measured = measured == null ? List.of() : List.copyOf(measured);
    }

    /** The first stage. */
    public StageOrder(ReleaseOrder release, StagePlan stage) {
        this(release, stage, List.of());
    }
}
