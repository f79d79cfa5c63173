package dev.slipway.worker.replay;

import dev.slipway.workflows.WorkflowTypes;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.List;
import java.util.Optional;

/** Runs this build's workflows over what has happened; polls nothing and writes nothing. */
final class Replay implements AutoCloseable {
    private static final String ERROR = "error=";
    private static final String CAUSE = "Caused by: ";

    private final WorkerFactory factory;
    private final Worker worker;

    Replay(WorkflowClient client) {
        factory = WorkerFactory.newInstance(client);
        worker = factory.newWorker(TaskQueues.CONTROL);
        worker.registerWorkflowImplementationTypes(WorkflowTypes.all());
    }

    /** Why this build would go another way than the one that the history tells, on one line; empty when it would not. */
    Optional<String> problem(WorkflowExecutionHistory history) {
        try {
            worker.replayWorkflowExecution(history);
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(sentence(e));
        } catch (Error e) {
            // how the SDK tells that the workflow's own code fell over
            if (e instanceof VirtualMachineError) {
                throw e;
            }
            return Optional.of(sentence(e));
        }
    }

    /** The SDK puts the whole stack trace into its message; what differs stands in the innermost cause. */
    private static String sentence(Throwable thrown) {
        List<String> lines = String.valueOf(thrown.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("at ") && !line.startsWith("... "))
                .toList();
        String all = String.join(" ", lines);
        return after(CAUSE, after(ERROR, all));
    }

    private static String after(String mark, String text) {
        int at = text.lastIndexOf(mark);
        return at < 0 ? text : text.substring(at + mark.length());
    }

    @Override
    public void close() {
        factory.shutdownNow();
    }
}
