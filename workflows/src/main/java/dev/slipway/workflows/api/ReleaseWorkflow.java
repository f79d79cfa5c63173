package dev.slipway.workflows.api;

import dev.slipway.model.Digest;
import dev.slipway.model.ReleaseView;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** A release: its stages in order, each a child in its slot. Workflow id {@code <service>@<version>}. */
@WorkflowInterface
public interface ReleaseWorkflow {
    @WorkflowMethod(name = "Release")
    ReleaseResult run(ReleaseOrder order);

    /**
     * Joins the running attempt; answers its number.
     *
     * @param supersede from now on the attempt does not wait in line for a slot
     */
    @UpdateMethod(name = "attach", description = "Join the running attempt with the same digests")
    int attach(Digest fingerprint, boolean supersede);

    /** Refuses other digests than the running attempt's. */
    @UpdateValidatorMethod(updateName = "attach")
    void validateAttach(Digest fingerprint, boolean supersede);

    /** Stops the release; the running stage undoes what it did. Answers at once, before the undo is complete. */
    @UpdateMethod(name = "abort", description = "Stop the release and undo the running stage")
    void abort(@Nullable Said said);

    /** Refuses when the release has ended or is undoing already. */
    @UpdateValidatorMethod(updateName = "abort")
    void validateAbort(Said said);

    /** Puts evidence on record and hands it to the running stage and all after it; answers what it did, in a sentence. */
    @UpdateMethod(name = "attest", description = "Hand in evidence (signed by the starter)")
    String attest(SignedAttestation attestation);

    /** Refuses, with a sentence, what may not count. */
    @UpdateValidatorMethod(updateName = "attest")
    void validateAttest(SignedAttestation attestation);

    /** A stage of this release tells that its phase changed. */
    @SignalMethod(name = "stageMoved", description = "A stage tells its phase (sent by the stage)")
    void stageMoved(StageNote note);

    /** The line of a slot tells whose turn it is. */
    @SignalMethod(name = "slotMoved", description = "The line of a slot tells whose turn it is (sent by the slot)")
    void slotMoved(SlotNote note);

    /** The release without the details of the running stage, which the stage itself tells. */
    @QueryMethod(name = "view")
    ReleaseView view();
}
