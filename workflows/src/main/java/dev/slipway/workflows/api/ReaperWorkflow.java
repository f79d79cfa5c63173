package dev.slipway.workflows.api;

import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One round over one environment: finds what a stage has left there that is gone, and calls a person. Run by the schedule
 * {@code reaper-<environment>}; each round gets the result of the one before from Temporal. It changes nothing in a cluster.
 */
@WorkflowInterface
public interface ReaperWorkflow {
    @WorkflowMethod(name = "Reaper")
    ReaperRound run(Environment environment);

    /** The id of the schedule that runs it. */
    static String schedule(EnvironmentName environment) {
        return "reaper-" + environment;
    }
}
