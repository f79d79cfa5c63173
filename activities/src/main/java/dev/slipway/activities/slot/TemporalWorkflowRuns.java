package dev.slipway.activities.slot;

import io.grpc.Context;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Temporal whether a workflow runs, then waits for the end of that run by a long poll. */
final class TemporalWorkflowRuns implements WorkflowRuns {
    private static final Logger LOG = LoggerFactory.getLogger(TemporalWorkflowRuns.class);
    private static final Duration SLICE = Duration.ofSeconds(3);

    private final WorkflowClient client;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "slot-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    TemporalWorkflowRuns(WorkflowClient client) {
        this.client = client;
    }

    /** Whatever Temporal cannot tell is taken as running: it is asked again. */
    @Override
    public boolean mayRun(String workflow, String run) {
        try {
            Optional<WorkflowStub> running = within(() -> running(workflow, run));
            running.ifPresent(this::awaitEnd);
            return running.isPresent();
        } catch (WorkflowServiceException e) {
            LOG.info("Temporal does not tell whether {} runs: {}", workflow, e.getCause() == null ? e : e.getCause());
            return true;
        }
    }

    private Optional<WorkflowStub> running(String workflow, String run) {
        try {
            WorkflowExecutionDescription latest = client.newUntypedWorkflowStub(
                            workflow, Optional.of(run).filter(r -> !r.isEmpty()), Optional.empty())
                    .describe();
            return latest.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                    ? Optional.of(client.newUntypedWorkflowStub(
                            workflow, Optional.of(latest.getExecution().getRunId()), Optional.empty()))
                    : Optional.empty();
        } catch (WorkflowNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Ends with the run or with the slice; how the run ended does not matter, it is looked at afresh. */
    private void awaitEnd(WorkflowStub run) {
        try {
            run.getResult(SLICE.toMillis(), TimeUnit.MILLISECONDS, Object.class);
        } catch (TimeoutException | WorkflowFailedException e) {
            LOG.trace("looked at {}", run.getExecution(), e);
        }
    }

    /** The SDK would retry for a minute, without a heartbeat. */
    private <T> T within(Supplier<T> call) {
        Context.CancellableContext context =
                Context.current().withDeadlineAfter(SLICE.toMillis(), TimeUnit.MILLISECONDS, deadlines);
        Context before = context.attach();
        try {
            return call.get();
        } finally {
            context.detach(before);
            context.cancel(null);
        }
    }
}
