package dev.slipway.worker;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.SlotId;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What is open in the namespace, by Temporal's visibility: the same whichever control worker asks. */
final class OpenWork {
    private static final String QUERY = "ExecutionStatus='Running' AND WorkflowType IN ('Stage', 'Recovery', 'Tell')";
    private static final int MOST = 10_000;
    private static final long DEADLINE_SECONDS = 10;

    private final WorkflowClient client;

    OpenWork(WorkflowClient client) {
        this.client = client;
    }

    /** A stage, or the recovery of one; there is at most one in a service's environment. */
    record Stage(String service, String environment, String phase) {}

    /**
     * What there is.
     *
     * @param untold how many releases have ended and have not told everything yet
     * @param pollers of the queue for mutations of each environment that has an open stage
     */
    record Seen(List<Stage> stages, int untold, Map<String, Integer> pollers) {
        Seen {
            stages = List.copyOf(stages);
            pollers = Map.copyOf(pollers);
        }
    }

    /**
     * Asks now.
     *
     * @throws RuntimeException of the SDK or of gRPC when Temporal does not answer
     */
    Seen look() {
        List<Stage> stages = new ArrayList<>();
        int untold = 0;
        try (Stream<WorkflowExecutionMetadata> found = client.listExecutions(QUERY)) {
            for (WorkflowExecutionMetadata workflow : found.limit(MOST).toList()) {
                if (workflow.getWorkflowType().equals("Tell")) {
                    untold++;
                } else {
                    stage(workflow).ifPresent(stages::add);
                }
            }
        }
        Map<String, Integer> pollers = new TreeMap<>();
        stages.forEach(stage -> pollers.computeIfAbsent(stage.environment(), this::pollers));
        return new Seen(stages, untold, pollers);
    }

    /** In its first moment a stage has not said yet where it is; what somebody started by hand may be nowhere. */
    private static Optional<Stage> stage(WorkflowExecutionMetadata workflow) {
        String phase = workflow.getTypedSearchAttributes().get(SearchAttributes.PHASE);
        try {
            SlotId slot = SlotId.parse(workflow.getExecution().getWorkflowId());
            return Optional.of(
                    new Stage(slot.service().value(), slot.environment().value(), phase == null ? "RUNNING" : phase));
        } catch (IllegalArgumentException noSlot) {
            return Optional.empty();
        }
    }

    /** Temporal forgets a poller five minutes after its last call. */
    private int pollers(String environment) {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setTaskQueue(TaskQueue.newBuilder().setName(TaskQueues.of(new EnvironmentName(environment))))
                        .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
                        .build())
                .getPollersCount();
    }
}
