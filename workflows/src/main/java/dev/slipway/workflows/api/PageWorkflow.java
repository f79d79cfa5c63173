package dev.slipway.workflows.api;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One open page: it is sent until somebody has it, and closed when the reason is gone. Id {@link PageOrder#id()}. */
@WorkflowInterface
public interface PageWorkflow {
    @WorkflowMethod(name = "Page")
    void run(PageOrder order);

    /** The reason is gone. */
    @SignalMethod(name = "resolve", description = "The reason for the page is gone")
    void resolve(String why);

    /** Somebody is called for the same thing: nothing while the page is open, a new page when it is just being closed. */
    @SignalMethod(name = "open", description = "The reason is there (again)")
    void open(PageOrder again);
}
