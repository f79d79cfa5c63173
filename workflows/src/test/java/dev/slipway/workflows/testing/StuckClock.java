package dev.slipway.workflows.testing;

import io.temporal.api.testservice.v1.TestServiceGrpc;
import io.temporal.api.testservice.v1.UnlockTimeSkippingRequest;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the ends of workflows although Temporal's test server may leave its clock locked. A child that ends takes a lock
 * which its parent gives back when it hears of that; a parent that has closed meanwhile never does
 * (TestWorkflowMutableStateImpl.processCompleteWorkflowExecution, 1.38: "Parent might already close"), and from then on no
 * time is skipped. The line of a slot ends beside the release that has begun it, so either may be first.
 */
final class StuckClock {
    private static final Duration STALL = Duration.ofSeconds(5);

    private final TestWorkflowEnvironment temporal;

    StuckClock(TestWorkflowEnvironment temporal) {
        this.temporal = temporal;
    }

    /**
     * The result of a workflow. Where no workflow has had an event for a while, nobody works, and one lock is taken away.
     *
     * @throws TimeoutException when it has not ended by then
     */
    <R> R result(WorkflowStub workflow, Duration patience, Class<R> type) throws TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        String before = "";
        while (true) {
            try {
                return workflow.getResult(STALL.toMillis(), TimeUnit.MILLISECONDS, type);
            } catch (TimeoutException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                String now = temporal.getDiagnostics();
                if (now.equals(before)) {
                    unlock();
                }
                before = now;
            }
        }
    }

    private void unlock() {
        var unused = TestServiceGrpc.newBlockingStub(
                        temporal.getWorkflowServiceStubs().getRawChannel())
                .unlockTimeSkipping(UnlockTimeSkippingRequest.getDefaultInstance());
    }
}
