package dev.slipway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.slipway.workflows.api.TaskQueues;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real TLS, the SDK's own clients and workers, and Temporal's test server behind the authorizer. */
class AuthorizerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;

    private static TestServer.InProcessTestServer temporal;
    private static Frontend frontend;
    private final List<WorkerFactory> factories = new ArrayList<>();

    @BeforeAll
    static void begin() throws Exception {
        temporal = TestServer.createServer(true);
        frontend = new Frontend(folder, temporal.getChannel());
    }

    @AfterEach
    void stopWorkers() {
        factories.forEach(WorkerFactory::shutdownNow);
    }

    @AfterAll
    static void end() throws Exception {
        frontend.close();
        temporal.close();
    }

    @Test
    void aReleaseGoesThroughItWhenEachDoesWhatItIsFor() {
        work("worker-control", TaskQueues.CONTROL).registerWorkflowImplementationTypes(DeployingImpl.class);
        work("worker-development", "slipway-development")
                .registerActivitiesImplementations((Deploys) version -> "deployed " + version);
        factories.forEach(WorkerFactory::start);

        String said = start("goes-through").getResult(String.class);

        assertThat(said).isEqualTo("deployed 1.2.0");
        assertThat(frontend.counted("worker-development", "RespondActivityTaskCompleted", "passed"))
                .isEqualTo(1);
        assertThat(frontend.counted("starter", "StartWorkflowExecution", "passed"))
                .isPositive();
    }

    @Test
    void theWorkerOfDevelopmentGetsNoTaskOfProduction() {
        WorkflowServiceStubs development = frontend.as("worker-development");

        assertThatThrownBy(() -> development.blockingStub().pollActivityTaskQueue(poll("slipway-production")))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("PERMISSION_DENIED")
                .hasMessageContaining("takes no work from the task queue 'slipway-production'");
        assertThat(frontend.counted("worker-development", "PollActivityTaskQueue", "refused"))
                .isPositive();
    }

    @Test
    void nobodyAnswersForATaskThatAnotherWasGiven() {
        work("worker-control", TaskQueues.CONTROL).registerWorkflowImplementationTypes(DeployingImpl.class);
        factories.forEach(WorkerFactory::start);
        WorkflowStub release = start("stolen");
        WorkflowServiceStubs development = frontend.as("worker-development");
        WorkflowServiceStubs production = frontend.as("worker-production");
        PollActivityTaskQueueResponse task =
                development.blockingStub().pollActivityTaskQueue(poll("slipway-development"));

        assertThat(refusal(
                        () -> production.blockingStub().respondActivityTaskCompleted(completed(task.getTaskToken()))))
                .contains("worker-production speaks for a task that it was not given");
        assertThat(refusal(() -> development
                        .blockingStub()
                        .respondActivityTaskCompleted(
                                completed(task.getTaskToken().substring(32)))))
                .as("Temporal's own token, as anybody can make one")
                .contains("speaks for a task that it was not given");
        development.blockingStub().respondActivityTaskCompleted(completed(task.getTaskToken()));

        assertThat(release.getResult(String.class)).isNull();
    }

    @Test
    void whoLooksSeesAndTellsNothing() {
        start("looked-at");
        WorkflowServiceStubs ui = frontend.as("ui");

        assertThat(ui.blockingStub()
                        .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                                .setNamespace("default")
                                .setExecution(execution("looked-at"))
                                .build())
                        .getHistory()
                        .getEventsList())
                .isNotEmpty();
        assertThat(refusal(() -> ui.blockingStub()
                        .signalWorkflowExecution(SignalWorkflowExecutionRequest.newBuilder()
                                .setNamespace("default")
                                .setWorkflowExecution(execution("looked-at"))
                                .setSignalName("decide")
                                .build())))
                .contains("ui may not call SignalWorkflowExecution");
    }

    @Test
    void anOperatorEndsWhatTheStarterCannot() {
        start("ended-by-hand");
        TerminateWorkflowExecutionRequest terminate = TerminateWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setWorkflowExecution(execution("ended-by-hand"))
                .build();

        assertThat(refusal(() -> frontend.as("starter").blockingStub().terminateWorkflowExecution(terminate)))
                .contains("starter may not call TerminateWorkflowExecution");
        assertThat(frontend.as("sre").blockingStub().terminateWorkflowExecution(terminate))
                .isNotNull();
    }

    @Test
    void whatTemporalRefusesComesBackAsTemporalSaysIt() {
        start("only-once");

        assertThatThrownBy(() -> start("only-once")).isInstanceOf(WorkflowExecutionAlreadyStarted.class);
    }

    @Test
    void aCertificateThatIsNobodysIsToldSoAndOneOfAnotherAuthorityDoesNotGetThatFar() {
        assertThat(refusal(() -> frontend.as("nobody").blockingStub().pollActivityTaskQueue(poll("slipway"))))
                .contains("UNAUTHENTICATED")
                .contains("nobody here is")
                .contains("cn:nobody");
        assertThat(frontend.counted("unknown", "GetSystemInfo", "refused")).isPositive();
        assertThat(refusal(() -> frontend.foreign().blockingStub().pollActivityTaskQueue(poll("slipway"))))
                .contains("UNAVAILABLE");
    }

    private static String refusal(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            Status status = e.getStatus();
            return status.getCode() + ": " + status.getDescription();
        }
        return "not refused";
    }

    private Worker work(String caller, String queue) {
        WorkerFactory factory = WorkerFactory.newInstance(WorkflowClient.newInstance(frontend.as(caller)));
        factories.add(factory);
        return factory.newWorker(queue);
    }

    private static WorkflowStub start(String id) {
        WorkflowStub stub = WorkflowClient.newInstance(frontend.as("starter"))
                .newUntypedWorkflowStub(
                        "Deploying",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue(TaskQueues.CONTROL)
                                .build());
        stub.start("1.2.0");
        return stub;
    }

    private static WorkflowExecution execution(String id) {
        return WorkflowExecution.newBuilder().setWorkflowId(id).build();
    }

    private static PollActivityTaskQueueRequest poll(String queue) {
        return PollActivityTaskQueueRequest.newBuilder()
                .setNamespace("default")
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .build();
    }

    private static RespondActivityTaskCompletedRequest completed(ByteString token) {
        return RespondActivityTaskCompletedRequest.newBuilder()
                .setNamespace("default")
                .setTaskToken(token)
                .build();
    }

    /** As a stage does it: a workflow of the control worker, an activity of an environment's. */
    @WorkflowInterface
    public interface Deploying {
        @WorkflowMethod
        String deploy(String version);
    }

    @ActivityInterface
    public interface Deploys {
        String deployIt(String version);
    }

    public static final class DeployingImpl implements Deploying {
        @Override
        public String deploy(String version) {
            return Workflow.newActivityStub(
                            Deploys.class,
                            ActivityOptions.newBuilder()
                                    .setTaskQueue("slipway-development")
                                    .setStartToCloseTimeout(LONG)
                                    .build())
                    .deployIt(version);
        }
    }
}
