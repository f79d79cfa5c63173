package dev.slipway.activities.slot;

import dev.slipway.activities.Drain;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Slot;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowClient;
import java.time.Duration;

/** Waits for the end of workflows by asking Temporal, a few seconds at a time, so that a cancelled wait ends soon. */
public final class SlotActivities implements Slot {
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final WorkflowRuns runs;
    private final Drain drain;

    /**
     * @param client of the namespace in which releases run
     * @param drain makes every wait end, to be gone on with by another worker
     */
    public SlotActivities(WorkflowClient client, Drain drain) {
        this(new TemporalWorkflowRuns(client), drain);
    }

    SlotActivities(WorkflowRuns runs, Drain drain) {
        this.runs = runs;
        this.drain = drain;
    }

    @Override
    public void awaitClosed(String workflow, String run) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        while (runs.mayRun(workflow, run)) {
            context.heartbeat(workflow);
            if (draining()) {
                throw FailureType.DRAINING.failure("this worker stops; another one waits for " + workflow);
            }
        }
    }

    /** The pause keeps a Temporal that refuses at once from being asked without end. */
    private boolean draining() {
        try {
            return drain.await(BETWEEN);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
