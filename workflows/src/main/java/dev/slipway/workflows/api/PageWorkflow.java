package dev.slipway.workflows.api;

import dev.slipway.model.EnvironmentName;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * One open page, or one for each environment that calls for it: it is sent until somebody has it, and closed when the reason
 * is gone there. Id {@link PageOrder#id()}.
 */
@WorkflowInterface
public interface PageWorkflow {
    @WorkflowMethod(name = "Page")
    void run(PageOrder order);

    /**
     * The reason is gone.
     *
     * @param environment where; everywhere when nothing is said, as by hand
     */
    @SignalMethod(name = "resolve", description = "The reason for the page is gone")
    void resolve(String why, @Nullable EnvironmentName environment);

    /**
     * Somebody is called for the same thing: nothing while the page is open for this environment, a new page when it is just
     * being closed, and another one beside it when it is open for another environment.
     */
    @SignalMethod(name = "open", description = "The reason is there (again)")
    void open(PageOrder again);
}
