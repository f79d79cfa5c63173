package dev.slipway.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker without a key that others encrypt with already: the wrong order of a rotation. */
class MissingKeyTest {
    private static final String QUEUE = "letters";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private KeyFiles rich;
    private KeyFiles poor;
    private TestWorkflowEnvironment temporal;
    private WorkflowClient ahead;
    private WorkerFactory post;
    private Supplier<String> letter = () -> "from the post";

    @BeforeEach
    void aWorkerThatIsBehind() {
        rich = new KeyFiles(folder.resolve("rich")).make("old").make("new");
        poor = new KeyFiles(folder.resolve("poor")).bring("old", rich);
        temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(options(poor.active("old")))
                .build());
        temporal.newWorker(QUEUE).registerWorkflowImplementationTypes(Letters.Collector.class);
        temporal.start();
        ahead = WorkflowClient.newInstance(temporal.getWorkflowServiceStubs(), options(rich.active("new")));
        post = WorkerFactory.newInstance(temporal.getWorkflowClient());
    }

    @AfterEach
    void close() {
        post.shutdownNow();
        temporal.close();
    }

    @Test
    void aStartThatCannotBeReadWaitsForTheKeyAndSaysSo() {
        WorkflowStub letters = start(ahead);

        awaitTrouble(letters);
        poor.bring("new", rich);

        assertThat(ended(letters)).isEqualTo("first");
    }

    @Test
    void aSignalThatCannotBeReadIsNotDropped() {
        WorkflowStub letters = start(temporal.getWorkflowClient());

        letters(ahead, letters).signal("secret");
        awaitTrouble(letters);
        poor.bring("new", rich);

        assertThat(ended(letters)).isEqualTo("first,secret");
    }

    @Test
    void anUpdateThatCannotBeReadIsRefusedWithTheReasonAndMayBeSaidAgain() {
        WorkflowStub letters = start(temporal.getWorkflowClient());
        Letters typed = letters(ahead, letters);

        assertThatThrownBy(() -> typed.update("secret")).hasStackTraceContaining("encrypted with the key 'new'");
        poor.bring("new", rich);
        assertThat(typed.update("secret")).isEqualTo("secret");

        assertThat(ended(letters)).isEqualTo("first,secret");
    }

    @Test
    void aResultThatCannotBeReadIsNotTakenForAFailure() {
        WorkflowStub letters = start(temporal.getWorkflowClient());

        postman(ahead);
        letters(temporal.getWorkflowClient(), letters).ask();
        awaitTrouble(letters);
        poor.bring("new", rich);

        assertThat(ended(letters)).isEqualTo("first,from the post");
    }

    @Test
    void aFailureThatCannotBeReadIsNotTakenForAnother() {
        WorkflowStub letters = start(temporal.getWorkflowClient());
        letter = () -> {
            throw ApplicationFailure.newFailure("no letters today", "Refused");
        };

        postman(ahead);
        letters(temporal.getWorkflowClient(), letters).ask();
        awaitTrouble(letters);
        poor.bring("new", rich);

        assertThat(ended(letters)).isEqualTo("first,message='no letters today', type='Refused', nonRetryable=false");
    }

    @Test
    void anActivityThatCannotReadItsOrderIsTriedAgain() {
        poor.bring("new", rich);
        KeyFiles poorest = new KeyFiles(folder.resolve("poorest")).bring("old", rich);
        WorkerFactory workflows = WorkerFactory.newInstance(ahead);
        workflows.newWorker("ahead").registerWorkflowImplementationTypes(Letters.Collector.class);
        workflows.start();
        WorkflowStub letters = start(ahead, "ahead");

        postman(WorkflowClient.newInstance(temporal.getWorkflowServiceStubs(), options(poorest.active("old"))));
        letters(ahead, letters).ask();
        await(
                () -> letters.describe().getRawDescription().getPendingActivitiesList().stream()
                        .map(PendingActivityInfo::getLastFailure)
                        .anyMatch(failure -> failure.getMessage().contains("encrypted with the key 'new'")),
                "a pending activity that says which key it needs");
        poorest.bring("new", rich);

        assertThat(ended(letters)).isEqualTo("first,from the post");
        workflows.shutdownNow();
    }

    private void postman(WorkflowClient client) {
        post = WorkerFactory.newInstance(client);
        post.newWorker(Letters.Collector.POST).registerActivitiesImplementations((Letters.Post) asked -> letter.get());
        post.start();
    }

    private static WorkflowStub start(WorkflowClient client) {
        return start(client, QUEUE);
    }

    private static WorkflowStub start(WorkflowClient client, String queue) {
        Letters letters = client.newWorkflowStub(
                Letters.class, WorkflowOptions.newBuilder().setTaskQueue(queue).build());
        WorkflowClient.start(letters::collect, "first");
        return WorkflowStub.fromTyped(letters);
    }

    private static Letters letters(WorkflowClient client, WorkflowStub letters) {
        return client.newWorkflowStub(Letters.class, letters.getExecution().getWorkflowId());
    }

    /** The task fails, where whoever looks at the workflow in Temporal sees which key is missing. */
    private void awaitTrouble(WorkflowStub letters) {
        await(
                () -> ahead.fetchHistory(letters.getExecution().getWorkflowId()).getEvents().stream()
                        .filter(HistoryEvent::hasWorkflowTaskFailedEventAttributes)
                        .map(event ->
                                event.getWorkflowTaskFailedEventAttributes().getFailure())
                        .anyMatch(failure -> failure.getMessage().contains("encrypted with the key 'new'")
                                && failure.getMessage()
                                        .contains(poor.file("new").toString())),
                "a failed workflow task that says which key it needs");
    }

    private String ended(WorkflowStub letters) {
        letters(temporal.getWorkflowClient(), letters).end();
        try {
            return temporal.getWorkflowClient()
                    .newUntypedWorkflowStub(letters.getExecution().getWorkflowId())
                    .getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, String.class);
        } catch (TimeoutException e) {
            throw new AssertionError(temporal.getDiagnostics(), e);
        }
    }

    private static void await(BooleanSupplier done, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static WorkflowClientOptions options(Encryption encryption) {
        return WorkflowClientOptions.newBuilder()
                .setDataConverter(encryption.converter())
                .build();
    }
}
