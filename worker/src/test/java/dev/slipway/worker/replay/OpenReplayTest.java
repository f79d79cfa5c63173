package dev.slipway.worker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.History;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenReplayTest {
    private final Scenario slipway = new Scenario("production");
    private final Replay replay = new Replay(slipway.client());
    private final StringWriter progress = new StringWriter();

    @AfterEach
    void close() {
        replay.close();
        slipway.close();
    }

    @Test
    void whatWaitsForAPersonReplaysWithTheBuildThatStartedIt() {
        ReleaseOrder order = waiting();
        FakeRuns open = new FakeRuns()
                .with("podinfo@2.0.0", slipway.history(order.release().toString()))
                .with("podinfo:production", slipway.history("podinfo:production"));

        List<Replayed> all = replayed(open);

        assertThat(all).hasSize(2).allSatisfy(r -> assertThat(r.problem()).isEmpty());
        assertThat(all).allSatisfy(r -> assertThat(r.events()).isPositive());
    }

    @Test
    void whatThisBuildWouldDoOtherwiseIsNamedFirstWithTheReason() {
        waiting();
        WorkflowExecutionHistory good = slipway.history("podinfo:production");
        FakeRuns open = new FakeRuns()
                .with("podinfo:staging", good)
                .with("podinfo:production", otherwise(good))
                .gone("podinfo@1.0.0");

        List<Replayed> all = replayed(open);

        assertThat(all).extracting(r -> r.run().workflowId()).containsExactly("podinfo:production", "podinfo:staging");
        assertThat(all.get(0).problem().orElseThrow())
                .contains("Fence_Claim", "Fence_UnheardOf")
                .doesNotContain("\n");
        assertThat(all.get(1).problem()).isEmpty();
        assertThat(progress.toString()).contains("podinfo:production FAILED");
    }

    @Test
    void aPlanThatThisBuildCannotReadIsNamed() {
        waiting();
        FakeRuns open = new FakeRuns().with("podinfo@2.0.0", ofANewerPlan(slipway.history("podinfo@2.0.0")));

        List<Replayed> all = replayed(open);

        assertThat(all.get(0).problem().orElseThrow())
                .startsWith("dev.slipway.workflows.UnknownSemanticsException: the plan of podinfo has semantics 2");
    }

    @Test
    void theTableEndsWithWhatToDo() {
        waiting();
        WorkflowExecutionHistory good = slipway.history("podinfo:production");
        StringWriter text = new StringWriter();

        new TextReport()
                .write(replayed(new FakeRuns().with("podinfo:production", otherwise(good))), new PrintWriter(text));

        assertThat(text.toString().lines())
                .anySatisfy(line -> assertThat(line).containsPattern("podinfo:production +run-0 +\\d+ +FAILED: "))
                .last()
                .asString()
                .startsWith("1 of 1 open do not replay: do not start this build");
    }

    @Test
    void theDocumentForProgramsSaysTheSame() throws IOException {
        waiting();
        StringWriter json = new StringWriter();

        new JsonReport()
                .write(
                        replayed(new FakeRuns().with("podinfo:production", slipway.history("podinfo:production"))),
                        new PrintWriter(json));

        assertThat(json.toString())
                .startsWith("{\"open\":1,\"failed\":0,\"runs\":[{\"workflow\":\"podinfo:production\",\"run\":\"run-0\"")
                .contains("\"replays\":true,\"problem\":null}]}");
    }

    @Test
    void aNamespaceWithNothingOpenIsReadyForAnyBuild() {
        StringWriter text = new StringWriter();

        new TextReport().write(replayed(new FakeRuns()), new PrintWriter(text));

        assertThat(text).hasToString("0 open, all of them replay: this build can go on with them\n");
    }

    private List<Replayed> replayed(FakeRuns open) {
        return new OpenReplay(open, replay::problem, new PrintWriter(progress)).run();
    }

    private ReleaseOrder waiting() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 5, 50));
        slipway.awaitPhase(order, "production", "WAITING");
        return order;
    }

    private static WorkflowExecutionHistory ofANewerPlan(WorkflowExecutionHistory history) {
        History.Builder newer = history.getHistory().toBuilder();
        Payload.Builder order = newer.getEventsBuilder(0)
                .getWorkflowExecutionStartedEventAttributesBuilder()
                .getInputBuilder()
                .getPayloadsBuilder(0);
        String text = order.getData().toStringUtf8();
        order.setData(ByteString.copyFromUtf8(text.replace("\"semantics\":1", "\"semantics\":2")));
        return new WorkflowExecutionHistory(newer.build());
    }

    /** As if the build that ran it had called something that this one does not. */
    private static WorkflowExecutionHistory otherwise(WorkflowExecutionHistory history) {
        return WorkflowExecutionHistory.fromJson(history.toJson(false).replace("Fence_Claim", "Fence_UnheardOf"));
    }
}
