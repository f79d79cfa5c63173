package dev.slipway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.slipway.model.EnvironmentName;
import io.grpc.MethodDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.temporal.api.enums.v1.TaskQueueKind;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ExecuteMultiOperationRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.ShutdownWorkerRequest;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static final Rules RULES = new Rules("releases");
    private static final Caller DEVELOPMENT = worker("development");
    private static final Caller CONTROL = new Caller("worker-control", new Role.Control());
    private static final Caller STARTER = new Caller("starter", new Role.Starter());
    private static final Caller VIEWER = new Caller("ui", new Role.Viewer());
    private static final Caller OPERATOR = new Caller("sre", new Role.Operator());

    @Test
    void theWorkerOfAnEnvironmentTakesAndAnswersActivitiesAndStartsAndTellsNothing() {
        assertThat(allowed(DEVELOPMENT))
                .containsExactlyInAnyOrder(
                        "Check",
                        "DescribeNamespace",
                        "GetClusterInfo",
                        "GetSystemInfo",
                        "ListSearchAttributes",
                        "PollActivityTaskQueue",
                        "RecordActivityTaskHeartbeat",
                        "RecordWorkerHeartbeat",
                        "RespondActivityTaskCanceled",
                        "RespondActivityTaskCompleted",
                        "RespondActivityTaskFailed",
                        "ShutdownWorker");
    }

    @Test
    void theStarterTellsAndTakesNothing() {
        assertThat(allowed(STARTER))
                .contains("StartWorkflowExecution", "UpdateWorkflowExecution", "ListWorkflowExecutions")
                .noneMatch(method -> method.startsWith("PollActivity")
                        || method.startsWith("PollWorkflowTask")
                        || method.startsWith("Respond")
                        || method.startsWith("Terminate")
                        || method.startsWith("Reset"));
    }

    @Test
    void theControlWorkerTellsAndTakesAndNeverTerminates() {
        assertThat(allowed(CONTROL))
                .containsAll(allowed(STARTER))
                .contains("PollWorkflowTaskQueue", "RespondWorkflowTaskCompleted", "RespondQueryTaskCompleted")
                .doesNotContain(
                        "TerminateWorkflowExecution", "ResetWorkflowExecution", "RespondActivityTaskCompletedById");
    }

    @Test
    void whoLooksChangesNothing() {
        assertThat(allowed(VIEWER))
                .allMatch(method -> Stream.of("Get", "List", "Describe", "Count", "Scan", "Query", "Check")
                        .anyMatch(method::startsWith));
    }

    @Test
    void anOperatorMayWhatNobodyElseMayAndStillAnswersForNoWorker() {
        assertThat(allowed(OPERATOR))
                .contains("TerminateWorkflowExecution", "ResetWorkflowExecution", "AddSearchAttributes")
                .noneMatch(method -> Kind.of(method).name().startsWith("ANSWER")
                        || Kind.of(method).name().startsWith("TAKE"));
    }

    /** A slip of the pen would make a call the operator's alone. */
    @Test
    void everyCallThatHasAKindIsOneOfTemporals() {
        Set<String> known = methods().keySet();
        Set<String> named = Arrays.stream(Kind.values())
                .flatMap(kind -> kind.methods().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known).containsAll(named);
    }

    @ParameterizedTest
    @CsvSource({
        "slipway-development, true",
        "slipway-development-watch, true",
        "slipway-development-load, true",
        "slipway-production, false",
        "slipway-production-watch, false",
        "slipway, false",
        "slipway-development-more, false",
        "'', false"
    })
    void aWorkerTakesActivitiesOfItsOwnEnvironmentAlone(String queue, boolean may) {
        PollActivityTaskQueueRequest poll = PollActivityTaskQueueRequest.newBuilder()
                .setNamespace("releases")
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .build();

        assertThat(RULES.refusal(DEVELOPMENT, "PollActivityTaskQueue", poll).isEmpty())
                .isEqualTo(may);
    }

    @Test
    void whatIsRefusedIsNamed() {
        PollActivityTaskQueueRequest poll = PollActivityTaskQueueRequest.newBuilder()
                .setNamespace("releases")
                .setTaskQueue(TaskQueue.newBuilder().setName("slipway-production"))
                .build();

        assertThat(RULES.refusal(DEVELOPMENT, "PollActivityTaskQueue", poll))
                .contains("worker-development takes no work from the task queue 'slipway-production'");
        assertThat(RULES.refusal(VIEWER, "SignalWorkflowExecution", signal("releases")))
                .contains("ui may not call SignalWorkflowExecution");
        assertThat(RULES.refusal(STARTER, "SignalWorkflowExecution", signal("payroll")))
                .contains("starter may not name the namespace 'payroll'");
    }

    @Test
    void whatACallerHasWrittenIsShownInOneShortLine() {
        PollActivityTaskQueueRequest poll = PollActivityTaskQueueRequest.newBuilder()
                .setNamespace("releases")
                .setTaskQueue(TaskQueue.newBuilder().setName("\n\u001b[2Jslipway" + "x".repeat(1_000_000)))
                .build();

        assertThat(RULES.refusal(DEVELOPMENT, "PollActivityTaskQueue", poll))
                .hasValueSatisfying(why -> assertThat(why)
                        .hasSizeLessThan(200)
                        .contains("'??[2Jslipwayx")
                        .endsWith("xxx...'"));
    }

    @Test
    void theControlWorkersOwnQueueForStepsGoesByTheQueueThatItIsOf() {
        assertThat(refusedPoll("slipway", TaskQueueKind.TASK_QUEUE_KIND_NORMAL, ""))
                .isEmpty();
        assertThat(refusedPoll("4711@host", TaskQueueKind.TASK_QUEUE_KIND_STICKY, "slipway"))
                .isEmpty();
        assertThat(refusedPoll("4711@host", TaskQueueKind.TASK_QUEUE_KIND_STICKY, "payroll"))
                .isPresent();
        assertThat(refusedPoll("4711@host", TaskQueueKind.TASK_QUEUE_KIND_NORMAL, "slipway"))
                .isPresent();
    }

    @Test
    void aWorkerSaysGoodByeForItsOwnQueuesAlone() {
        ShutdownWorkerRequest leaving =
                ShutdownWorkerRequest.newBuilder().setNamespace("releases").build();

        assertThat(RULES.refusal(DEVELOPMENT, "ShutdownWorker", leaving)).isEmpty();
        assertThat(RULES.refusal(
                        DEVELOPMENT,
                        "ShutdownWorker",
                        leaving.toBuilder().setTaskQueue("slipway-development").build()))
                .isEmpty();
        assertThat(RULES.refusal(
                        DEVELOPMENT,
                        "ShutdownWorker",
                        leaving.toBuilder().setTaskQueue("slipway-production").build()))
                .isPresent();
    }

    @Test
    void nobodyNamesAnotherNamespaceButAnOperator() {
        Message list = ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace("payroll")
                .build();
        Message byId = DescribeNamespaceRequest.newBuilder().setId("4711").build();
        Message hidden = DescribeNamespaceRequest.newBuilder()
                .setNamespace("releases")
                .setId("4711")
                .build();
        Message nested = ExecuteMultiOperationRequest.newBuilder()
                .setNamespace("releases")
                .addOperations(ExecuteMultiOperationRequest.Operation.newBuilder()
                        .setStartWorkflow(
                                StartWorkflowExecutionRequest.newBuilder().setNamespace("payroll")))
                .build();

        assertThat(RULES.refusal(STARTER, "ListWorkflowExecutions", list)).isPresent();
        assertThat(RULES.refusal(STARTER, "DescribeNamespace", byId)).isPresent();
        assertThat(RULES.refusal(STARTER, "DescribeNamespace", hidden)).isPresent();
        assertThat(RULES.refusal(STARTER, "ExecuteMultiOperation", nested)).isPresent();
        assertThat(RULES.refusal(
                        STARTER, "DescribeWorkflowExecution", DescribeWorkflowExecutionRequest.getDefaultInstance()))
                .isPresent();
        assertThat(RULES.refusal(OPERATOR, "ListWorkflowExecutions", list)).isEmpty();
    }

    private static Optional<String> refusedPoll(String name, TaskQueueKind kind, String normalName) {
        PollWorkflowTaskQueueRequest poll = PollWorkflowTaskQueueRequest.newBuilder()
                .setNamespace("releases")
                .setTaskQueue(TaskQueue.newBuilder().setName(name).setKind(kind).setNormalName(normalName))
                .build();
        return RULES.refusal(CONTROL, "PollWorkflowTaskQueue", poll);
    }

    private static SignalWorkflowExecutionRequest signal(String namespace) {
        return SignalWorkflowExecutionRequest.newBuilder()
                .setNamespace(namespace)
                .build();
    }

    private static Caller worker(String environment) {
        return new Caller("worker-" + environment, new Role.Worker(new EnvironmentName(environment)));
    }

    /** What a role may call, when the request names its own namespace and queue. */
    private static Set<String> allowed(Caller caller) {
        return methods().keySet().stream()
                .filter(method -> caller.role().may().contains(Kind.of(method)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, MethodDescriptor<?, ?>> methods() {
        return Stream.of(
                        WorkflowServiceGrpc.getServiceDescriptor(),
                        OperatorServiceGrpc.getServiceDescriptor(),
                        HealthGrpc.getServiceDescriptor())
                .flatMap(service -> service.getMethods().stream())
                .filter(method -> method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier)
                .collect(Collectors.toMap(
                        method -> Objects.requireNonNull(method.getBareMethodName()), method -> method));
    }
}
