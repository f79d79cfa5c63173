package dev.slipway.workflows.tell;

import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.api.TellWorkflow;
import dev.slipway.workflows.api.Untold;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;

/** What a workflow could not tell before it ended: another one tells it, and outlives it. */
public final class Leftover {
    private Leftover() {}

    /** Returns when Temporal has the other workflow, {@code tell:<run of this one>}; nobody waits for its end. */
    public static void tell(String summary, Untold untold) {
        TellWorkflow later = Workflow.newChildWorkflowStub(
                TellWorkflow.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId("tell:" + Workflow.getInfo().getRunId())
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                        .setStaticSummary(summary)
                        .build());
        Promise<Void> run = Async.procedure(later::run, untold);
        run.exceptionally(closed -> null);
        Workflow.getWorkflowExecution(later).get();
    }
}
