package dev.slipway.workflows.api;

import dev.slipway.model.Measured;
import dev.slipway.model.StagePlan;
import java.util.List;

/**
 * One stage of a release.
 *
 * @param measured how long this release's deployments took in the stages before
 * @param evidence that was handed in until the stage began
 */
public record StageOrder(
        ReleaseOrder release, StagePlan stage, List<Measured> measured, List<SignedAttestation> evidence) {
    /** An order that was written before something was measured or attested means nothing was. */
    public StageOrder {
        measured = measured == null ? List.of() : List.copyOf(measured);
        evidence = evidence == null ? List.of() : List.copyOf(evidence);
    }

    /** The first stage. */
    public StageOrder(ReleaseOrder release, StagePlan stage) {
        this(release, stage, List.of(), List.of());
    }

    /** The same with what was handed in. */
    public StageOrder with(List<SignedAttestation> known) {
        return new StageOrder(release, stage, measured, known);
    }
}
