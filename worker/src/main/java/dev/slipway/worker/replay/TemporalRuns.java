package dev.slipway.worker.replay;

import dev.slipway.workflows.api.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.Optional;
import java.util.stream.Stream;

/** Whatever is open on the control worker's queue, of types that this build does not know as well. */
final class TemporalRuns implements OpenRuns {
    private static final String OPEN = "TaskQueue = '" + TaskQueues.CONTROL + "' AND ExecutionStatus = 'Running'";

    private final WorkflowClient client;

    TemporalRuns(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public Stream<OpenRun> list() {
        return client.listExecutions(OPEN)
                .map(run -> new OpenRun(
                        run.getExecution().getWorkflowId(), run.getExecution().getRunId(), run.getWorkflowType()));
    }

    @Override
    public Optional<WorkflowExecutionHistory> history(OpenRun run) {
        try {
            return Optional.of(client.fetchHistory(run.workflowId(), run.runId()));
        } catch (WorkflowNotFoundException deleted) {
            return Optional.empty();
        }
    }
}
