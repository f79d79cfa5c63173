package dev.slipway.workflows.page;

import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.PageWorkflow;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;

/** Opens and closes a page from any workflow. The page is a workflow of its own and outlives its opener. */
public final class PageCall {
    private PageCall() {}

    /** Opens a page, or leaves the open one alone; returns when Temporal has it. */
    public static void open(PageOrder order) {
        Workflow.newDetachedCancellationScope(() -> start(order)).run();
    }

    /** An open page is told, as it may be about to close; one that has closed in between is opened anew. */
    private static void start(PageOrder order) {
        while (!started(order) && !told(order)) {
            Workflow.getLogger(PageCall.class).info("{} has just been closed", order.id());
        }
    }

    private static boolean started(PageOrder order) {
        PageWorkflow page = Workflow.newChildWorkflowStub(
                PageWorkflow.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId(order.id())
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                        .setStaticSummary(order.alert() + ": " + order.release() + " in " + order.environment())
                        .build());
        Promise<Void> run = Async.procedure(page::run, order);
        run.exceptionally(closed -> null);
        try {
            Workflow.getWorkflowExecution(page).get();
            return true;
        } catch (ChildWorkflowFailure alreadyOpen) {
            return false;
        }
    }

    private static boolean told(PageOrder order) {
        try {
            Workflow.newExternalWorkflowStub(PageWorkflow.class, order.id()).open(order);
            return true;
        } catch (TemporalFailure gone) {
            return false;
        }
    }

    /**
     * Closes the page of its release, kind and environment if it is open; best effort, a page that stays open can be closed by hand.
     *
     * @return completed when Temporal has passed it on; a workflow that ends now must wait for that
     */
    public static Promise<Void> close(PageOrder order, String why) {
        CompletablePromise<Void> told = Workflow.newPromise();
        Workflow.newDetachedCancellationScope(() -> {
                    PageWorkflow page = Workflow.newExternalWorkflowStub(PageWorkflow.class, order.id());
                    told.completeFrom(Async.procedure(page::resolve, why, order.environment())
                            .exceptionally(gone -> null));
                })
                .run();
        return told;
    }
}
