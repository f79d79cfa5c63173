package dev.slipway.workflows.api;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Runs the undo of a stage that is gone. Its workflow id is the slot's, so it excludes every stage there; its updates are
 * named as a stage's, so that people say the same to both.
 */
@WorkflowInterface
public interface RecoveryWorkflow {
    /** The workflow type. */
    String TYPE = "Recovery";

    @WorkflowMethod(name = TYPE)
    RecoveryView run(RecoveryOrder order);

    /** Tries the undo again. */
    @UpdateMethod(name = "retryUndo", description = "Stuck: try the undo again")
    void retryUndo(@Nullable Said said);

    @UpdateValidatorMethod(updateName = "retryUndo")
    void validateRetryUndo(@Nullable Said said);

    /** Leaves what could not be undone as it is and ends. */
    @UpdateMethod(name = "acceptAsIs", description = "Stuck: leave what remains as it is")
    void acceptAsIs(@Nullable Said said);

    @UpdateValidatorMethod(updateName = "acceptAsIs")
    void validateAcceptAsIs(@Nullable Said said);

    @QueryMethod(name = "view")
    RecoveryView view();
}
