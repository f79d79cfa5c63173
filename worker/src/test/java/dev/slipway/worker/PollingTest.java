package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.Drain;
import dev.slipway.workflows.api.SearchAttributes;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollingTest {
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
    private final WorkerFactory factory = WorkerFactory.newInstance(temporal.getWorkflowClient());
    private final Drain drain = new Drain();
    private final FakeTemporal fake;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final CountDownLatch waiting = new CountDownLatch(1);

    PollingTest() throws IOException {
        fake = new FakeTemporal();
    }

    /** Something long that hands over when it is asked to. */
    @ActivityInterface
    public interface Long {
        @ActivityMethod(name = "long")
        String last();
    }

    /** A workflow that waits for it. */
    @WorkflowInterface
    public interface Waiter {
        @WorkflowMethod
        String run();
    }

    /** Waits for one activity. */
    public static class WaiterWorkflowImpl implements Waiter {
        @Override
        public String run() {
            return Workflow.newActivityStub(
                            Long.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofMinutes(5))
                                    .build())
                    .last();
        }
    }

    @AfterEach
    void close() {
        factory.shutdownNow();
        temporal.close();
        fake.close();
    }

    @Test
    void pollsOnceTheNamespaceIsCompleteAndDrainsWithoutLosingWhatRuns() throws Exception {
        SearchAttributes.ALL.forEach(key -> fake.has(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        Worker worker = factory.newWorker(
                "queue",
                WorkerOptions.newBuilder()
                        .setAllowActivityHeartbeatDuringShutdown(true)
                        .build());
        worker.registerWorkflowImplementationTypes(WaiterWorkflowImpl.class);
        worker.registerActivitiesImplementations((Long) this::untilDrained);
        Polling polling = polling();
        polling.start();
        assertThat(polling.isRunning()).isTrue();
        WorkflowStub workflow = started();
        assertThat(waiting.await(120, TimeUnit.SECONDS)).isTrue();

        polling.stop();

        assertThat(polling.stage()).isEqualTo(Polling.Stage.STOPPED);
        assertThat(factory.isTerminated()).isTrue();
        assertThat(temporal.getWorkflowClient()
                        .fetchHistory(workflow.getExecution().getWorkflowId())
                        .getEvents())
                .filteredOn(HistoryEvent::hasActivityTaskCompletedEventAttributes)
                .singleElement()
                .extracting(event -> event.getActivityTaskCompletedEventAttributes()
                        .getResult()
                        .getPayloads(0)
                        .getData()
                        .toStringUtf8())
                .isEqualTo("\"handed over\"");
        assertThat(exit).isNotDone();
    }

    @Test
    void endsTheProcessWhenTheNamespaceIsIncomplete() throws Exception {
        Polling polling = polling();

        polling.start();

        assertThat(exit.get(120, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(polling.stage()).isNotEqualTo(Polling.Stage.POLLING);
    }

    @Test
    void theThreadThatEndsTheProcessCanStopTheRestInPeace() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Polling[] polling = new Polling[1];
        polling[0] = polling(code -> {
            polling[0].stop();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });

        polling[0].start();

        assertThat(interrupted.get(120, TimeUnit.SECONDS)).isFalse();
    }

    private Polling polling() {
        return polling(exit::complete);
    }

    private Polling polling(Exit ending) {
        WorkerSettings settings = Settings.control(FakeTemporal.NAMESPACE);
        return new Polling(factory, new TemporalGate(fake.channel(), settings), settings, drain, ending);
    }

    private String untilDrained() {
        waiting.countDown();
        try {
            return drain.await(Duration.ofMinutes(1)) ? "handed over" : "never drained";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    private WorkflowStub started() {
        Waiter waiter = temporal.getWorkflowClient()
                .newWorkflowStub(
                        Waiter.class,
                        WorkflowOptions.newBuilder().setTaskQueue("queue").build());
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub(WorkflowClient.start(waiter::run).getWorkflowId());
    }
}
