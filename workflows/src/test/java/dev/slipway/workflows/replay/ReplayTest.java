package dev.slipway.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.workflows.WorkflowTypes;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.StageOrder;
import dev.slipway.workflows.api.StageResult;
import dev.slipway.workflows.release.ReleaseWorkflowImpl;
import dev.slipway.workflows.stage.StageWorkflowImpl;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Releases that were started by an older build go on with this one: what it would do now is what was done then. */
class ReplayTest {
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Payloads.converter())
                            .build())
                    .build());

    @AfterEach
    void close() {
        temporal.close();
    }

    @TestFactory
    Stream<DynamicTest> replays() {
        Worker worker = temporal.newWorker("replay");
        worker.registerWorkflowImplementationTypes(WorkflowTypes.all());
        return Histories.all().stream()
                .map(file -> DynamicTest.dynamicTest(
                        Histories.name(file), () -> worker.replayWorkflowExecution(Histories.read(file))));
    }

    @Test
    void everyKindOfWorkflowWasRecorded() {
        Set<String> recorded = Histories.all().stream()
                .map(file -> Histories.read(file).getEvents().get(0))
                .map(started -> started.getWorkflowExecutionStartedEventAttributes()
                        .getWorkflowType()
                        .getName())
                .collect(Collectors.toSet());

        assertThat(recorded).contains("Release", "Stage", "Slot", "Page", "Change", "Recovery");
    }

    @Test
    void aStageThatLeavesOutARampIsFound() throws Exception {
        WorkflowExecutionHistory history = played("podinfo:production");

        stage(order -> order).replayWorkflowExecution(history);
        Worker mutated = stage(order -> new StageOrder(order.release(), Plans.canary("production", List.of(), 50)));

        assertThatThrownBy(() -> mutated.replayWorkflowExecution(history)).hasMessageContaining("TMPRL1100");
    }

    @Test
    void aReleaseThatLeavesOutAStageIsFound() throws Exception {
        WorkflowExecutionHistory history = played("podinfo@2.0.0");

        release(order -> order).replayWorkflowExecution(history);
        Worker mutated = release(order -> Plans.order("2.0.0", order.approvalKeys(), Plans.rolling("development")));

        assertThatThrownBy(() -> mutated.replayWorkflowExecution(history)).hasMessageContaining("TMPRL1100");
    }

    /** The start of a stage without its messages, so that a test can put another order under the real one. */
    @WorkflowInterface
    public interface Stage {
        @WorkflowMethod(name = "Stage")
        StageResult run(StageOrder order);
    }

    /** The start of a release without its messages. */
    @WorkflowInterface
    public interface Release {
        @WorkflowMethod(name = "Release")
        ReleaseResult run(ReleaseOrder order);
    }

    private Worker stage(UnaryOperator<StageOrder> mutation) {
        Worker worker = temporal.newWorker("stage " + UUID.randomUUID());
        worker.registerWorkflowImplementationFactory(Stage.class, () -> order -> {
            StageOrder mutated = mutation.apply(order);
            return new StageWorkflowImpl(mutated).run(mutated);
        });
        return worker;
    }

    private Worker release(UnaryOperator<ReleaseOrder> mutation) {
        Worker worker = temporal.newWorker("release " + UUID.randomUUID());
        worker.registerWorkflowImplementationFactory(Release.class, () -> order -> {
            ReleaseOrder mutated = mutation.apply(order);
            return new ReleaseWorkflowImpl(mutated).run(mutated);
        });
        return worker;
    }

    private static WorkflowExecutionHistory played(String id) {
        try (Scenario slipway = new Scenario("development", "production")) {
            slipway.cluster.running("production", "podinfo", "1.0.0");
            slipway.end(
                    slipway.start("2.0.0", Plans.rolling("development"), Plans.canary("production", List.of(), 5, 50)));
            return slipway.history(id);
        }
    }
}
