package dev.slipway.workflows.api;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Tells one change, beside the stage that made it: the stage is over meanwhile. Id {@link Change#id()}. */
@WorkflowInterface
public interface ChangeWorkflow {
    @WorkflowMethod(name = "Change")
    void run(Change change);
}
