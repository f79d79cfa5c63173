package dev.slipway.workflows.tell;

import dev.slipway.workflows.api.TellWorkflow;
import dev.slipway.workflows.api.Untold;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;

/** None of them waits for another one. */
public final class TellWorkflowImpl implements TellWorkflow {
    @Override
    public void run(Untold untold) {
        Promise<Void> records = Async.procedure(() -> {
            untold.records().forEach(batch -> Listeners.records().append(batch));
            untold.recoveries().forEach(batch -> Listeners.records().appendRecovery(batch));
        });
        List<Promise<Void>> sinks = untold.emissions().stream()
                .map(emission -> Async.procedure(() -> Listeners.sinks().emit(emission)))
                .toList();
        untold.announcement().ifPresent(announcement -> Listeners.announcer().announce(announcement));
        sinks.forEach(sink -> Workflow.await(sink::isCompleted));
        records.get();
        sinks.forEach(Promise::get);
    }
}
