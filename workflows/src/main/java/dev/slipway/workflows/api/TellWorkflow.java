package dev.slipway.workflows.api;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Tells what a release or a recovery could not tell before it ended, however long that takes. Workflow id {@code tell:<its run>}. */
@WorkflowInterface
public interface TellWorkflow {
    @WorkflowMethod(name = "Tell")
    void run(Untold untold);
}
