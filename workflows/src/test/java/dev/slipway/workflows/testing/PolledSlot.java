package dev.slipway.workflows.testing;

import dev.slipway.workflows.api.Slot;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the test server again and again whether a workflow is closed, and says so a moment later: the test server drops a
 * workflow task that cancels an activity which has just ended (the real one takes it).
 */
public final class PolledSlot implements Slot {
    private static final long BETWEEN_NANOS = 10_000_000;
    private static final int ENOUGH = 50;

    private final WorkflowClient client;

    public PolledSlot(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public void awaitClosed(String workflow, String run) {
        int seenClosed = 0;
        while (seenClosed < ENOUGH) {
            Activity.getExecutionContext().heartbeat(workflow);
            LockSupport.parkNanos(BETWEEN_NANOS);
            seenClosed = open(workflow, run) ? 0 : seenClosed + 1;
        }
    }

    private boolean open(String workflow, String run) {
        Optional<String> one = Optional.of(run).filter(r -> !r.isEmpty());
        try {
            return client.newUntypedWorkflowStub(workflow, one, Optional.empty())
                            .describe()
                            .getStatus()
                    == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        } catch (WorkflowNotFoundException never) {
            return false;
        }
    }
}
