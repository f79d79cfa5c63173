package dev.slipway.workflows.page;

import dev.slipway.model.Outcome;
import dev.slipway.workflows.api.Change;
import dev.slipway.workflows.api.ChangeWorkflow;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.undo.Stamp;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;

/** Has a change told by a workflow of its own, which outlives its opener. */
public final class ChangeCall {
    private ChangeCall() {}

    /** Returns when Temporal has it, or has had it before: a workflow that was reset tells nothing twice. */
    public static void tell(Stamp by, Outcome outcome) {
        Change change = new Change(
                by.release(),
                by.attempt(),
                by.environment(),
                outcome.word(),
                outcome.reason(),
                Instant.ofEpochMilli(Workflow.currentTimeMillis()));
        Workflow.newDetachedCancellationScope(() -> start(change)).run();
    }

    private static void start(Change change) {
        ChangeWorkflow telling = Workflow.newChildWorkflowStub(
                ChangeWorkflow.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId(change.id())
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                        .setStaticSummary(change.outcome() + ": " + change.release() + " in " + change.environment())
                        .build());
        Promise<Void> run = Async.procedure(telling::run, change);
        run.exceptionally(closed -> null);
        try {
            Workflow.getWorkflowExecution(telling).get();
        } catch (ChildWorkflowFailure toldBefore) {
            Workflow.getLogger(ChangeCall.class).info("{} was told before", change.id());
        }
    }
}
