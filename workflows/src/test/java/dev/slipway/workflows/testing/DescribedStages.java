package dev.slipway.workflows.testing;

import dev.slipway.workflows.api.Stages;
import dev.slipway.workflows.api.Trace;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.List;
import java.util.Optional;

/** Takes a stage as gone when its run does not run. */
public final class DescribedStages implements Stages {
    private final WorkflowClient client;

    public DescribedStages(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public List<Trace> orphaned(List<Trace> traces) {
        return traces.stream().filter(trace -> !runs(trace)).toList();
    }

    private boolean runs(Trace trace) {
        try {
            return client.newUntypedWorkflowStub(
                                    trace.slot().toString(), Optional.of(trace.stageRun()), Optional.empty())
                            .describe()
                            .getStatus()
                    == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        } catch (WorkflowNotFoundException gone) {
            return false;
        }
    }
}
