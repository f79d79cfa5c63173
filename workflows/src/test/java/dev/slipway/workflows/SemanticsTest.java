package dev.slipway.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.ReleasePlan;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.StageOrder;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowTaskFailedEventAttributes;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SemanticsTest {
    @Test
    void thisBuildReadsThePlansThatItMakes() {
        ReleaseOrder order = Plans.order("2.0.0", Map.of(), Plans.rolling("development"));

        assertThat(Semantics.of(order.plan())).isNotNull();
    }

    @Test
    void aReleaseWhosePlanMeansMoreThanThisBuildKnowsWaitsForAWorkerThatKnows() {
        waits("Release", newer());
    }

    @Test
    void aStageWhosePlanMeansMoreThanThisBuildKnowsWaitsForAWorkerThatKnows() {
        ReleaseOrder order = newer();

        waits("Stage", new StageOrder(order, order.plan().stages().get(0)));
    }

    private static ReleaseOrder newer() {
        return Plans.meaning(ReleasePlan.SEMANTICS + 1, Plans.order("2.0.0", Map.of(), Plans.rolling("development")));
    }

    private static void waits(String type, Object order) {
        try (Scenario slipway = new Scenario("development")) {
            WorkflowOptions options = WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setWorkflowId("newer")
                    .build();
            slipway.client().newUntypedWorkflowStub(type, options).start(order);
            Scenario.await(
                    "the failure is visible",
                    () -> !failedTasks(slipway.history("newer")).isEmpty());

            WorkflowExecutionHistory history = slipway.history("newer");
            assertThat(failedTasks(history))
                    .allSatisfy(task -> assertThat(task.getFailure().toString())
                            .contains("the plan of podinfo has semantics 2", "start a control worker"));
            assertThat(history.getEvents())
                    .noneMatch(HistoryEvent::hasWorkflowExecutionFailedEventAttributes)
                    .noneMatch(HistoryEvent::hasActivityTaskScheduledEventAttributes);
        }
    }

    private static List<WorkflowTaskFailedEventAttributes> failedTasks(WorkflowExecutionHistory history) {
        return history.getEvents().stream()
                .filter(HistoryEvent::hasWorkflowTaskFailedEventAttributes)
                .map(HistoryEvent::getWorkflowTaskFailedEventAttributes)
                .toList();
    }
}
