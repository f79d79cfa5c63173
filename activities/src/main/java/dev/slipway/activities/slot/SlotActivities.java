package dev.slipway.activities.slot;

import dev.slipway.activities.Drain;
import dev.slipway.model.SlotId;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Slot;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowClient;
import java.time.Duration;

/** Waits for slots by asking Temporal, a few seconds at a time, so that a cancelled wait ends soon. */
public final class SlotActivities implements Slot {
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final StageRuns runs;
    private final Drain drain;

    /**
     * @param client of the namespace in which the stages run
     * @param drain makes every wait end, to be gone on with by another worker
     */
    public SlotActivities(WorkflowClient client, Drain drain) {
        this(new TemporalStageRuns(client), drain);
    }

    SlotActivities(StageRuns runs, Drain drain) {
        this.runs = runs;
        this.drain = drain;
    }

    @Override
    public void awaitFree(SlotId slot) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        while (runs.mayRun(slot)) {
            context.heartbeat(slot.toString());
            if (draining()) {
                throw FailureType.DRAINING.failure("this worker stops; another one waits for " + slot);
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
