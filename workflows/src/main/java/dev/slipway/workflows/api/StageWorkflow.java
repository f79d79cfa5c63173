package dev.slipway.workflows.api;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.StageView;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * One stage: gates, rollout, gates; commits or undoes. Workflow id {@code <service>:<environment>}. What a person says may
 * come without input, as from a button of the Temporal UI; then it is somebody with access to Temporal who says it.
 */
@WorkflowInterface
public interface StageWorkflow {
    @WorkflowMethod(name = "Stage")
    StageResult run(StageOrder order);

    /** Records a vote; answers what it did, in a sentence. */
    @UpdateMethod(name = "decide", description = "Approve or reject at a gate (signed by the starter)")
    String decide(SignedDecision decision);

    /** Refuses, with a sentence, what may not count. */
    @UpdateValidatorMethod(updateName = "decide")
    void validateDecide(SignedDecision decision);

    /**
     * The same for whoever cannot wait for the answer. What may not count changes nothing and is on record.
     */
    @SignalMethod(name = "decide", description = "Approve or reject at a gate (signed by the starter)")
    void decided(@Nullable SignedDecision decision);

    /** Puts a vote that the starter turned away on record. */
    @SignalMethod(name = "denied", description = "A vote was turned away (sent by the starter, for the records)")
    void denied(@Nullable Denied denied);

    /** Evidence for the gates that want some. What may not count changes nothing and is on record. */
    @SignalMethod(name = "attested", description = "Evidence was handed in (sent by the release)")
    void attested(@Nullable SignedAttestation attestation);

    /** Waits before the next step; a running watch goes on. */
    @UpdateMethod(name = "pause", description = "Wait before the next step")
    void pause(@Nullable Said said);

    @UpdateValidatorMethod(updateName = "pause")
    void validatePause(Said said);

    /** Goes on after a pause, a hold or a retreat (from its first ramp). */
    @UpdateMethod(name = "resume", description = "Go on after a pause, a hold or a retreat")
    void resume(@Nullable Said said);

    @UpdateValidatorMethod(updateName = "resume")
    void validateResume(Said said);

    /** Tries the undo again. */
    @UpdateMethod(name = "retryUndo", description = "Stuck: try the undo again")
    void retryUndo(@Nullable Said said);

    @UpdateValidatorMethod(updateName = "retryUndo")
    void validateRetryUndo(Said said);

    /** Leaves what could not be undone as it is and ends. */
    @UpdateMethod(name = "acceptAsIs", description = "Stuck: leave what remains as it is")
    void acceptAsIs(@Nullable Said said);

    @UpdateValidatorMethod(updateName = "acceptAsIs")
    void validateAcceptAsIs(Said said);

    /** Stops and undoes: sent by the release. */
    @SignalMethod(name = "stop", description = "Stop and undo (sent by the release)")
    void stop(@Nullable Said said);

    /** Stops and undoes because a newer release takes the slot: sent by the release. */
    @SignalMethod(name = "supersede", description = "Stop and undo for a newer release (sent by the release)")
    void supersede(ReleaseId by);

    @QueryMethod(name = "view")
    StageView view();
}
