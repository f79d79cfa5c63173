package dev.slipway.workflows.tell;

import dev.slipway.workflows.api.RecordBatch;
import dev.slipway.workflows.api.TellWorkflow;
import dev.slipway.workflows.api.Untold;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;

/** Neither of the two waits for the other one. */
public final class TellWorkflowImpl implements TellWorkflow {
    @Override
    public void run(Untold untold) {
        Promise<Void> records = Async.procedure(() -> untold.records().forEach(TellWorkflowImpl::keep));
        untold.announcement().ifPresent(announcement -> Listeners.announcer().announce(announcement));
        records.get();
    }

    private static void keep(RecordBatch batch) {
        Listeners.records().append(batch);
    }
}
