package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.PageWorkflow;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.EnumSet;
import java.util.Set;

/**
 * The pages of one stage. Each is a workflow of its own that goes on when the stage has ended, so a pager that is down never
 * holds a stage and never loses a page.
 */
final class Pages {
    private final ReleaseId release;
    private final EnvironmentName environment;
    private final Set<Alert> open = EnumSet.noneOf(Alert.class);

    Pages(ReleaseId release, EnvironmentName environment) {
        this.release = release;
        this.environment = environment;
    }

    /** Opens a page, or leaves the open one alone; returns when Temporal has it. */
    void open(Alert alert, String summary) {
        if (!open.add(alert)) {
            return;
        }
        PageOrder order = new PageOrder(release, environment, alert, summary);
        Workflow.newDetachedCancellationScope(() -> start(order)).run();
    }

    private static void start(PageOrder order) {
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
        } catch (ChildWorkflowFailure alreadyOpen) {
            // an earlier attempt has called for the same thing: the page is out
            Workflow.getLogger(Pages.class).info("{} is open already", order.id());
        }
    }

    /** Closes the page if it is open; best effort, a page that stays open can be closed by hand. */
    void close(Alert alert, String why) {
        if (!open.remove(alert)) {
            return;
        }
        String id = new PageOrder(release, environment, alert, "").id();
        Workflow.newDetachedCancellationScope(() -> {
                    PageWorkflow page = Workflow.newExternalWorkflowStub(PageWorkflow.class, id);
                    Async.procedure(page::resolve, why).exceptionally(gone -> null);
                })
                .run();
    }
}
