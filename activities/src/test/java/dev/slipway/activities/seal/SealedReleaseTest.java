package dev.slipway.activities.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Actor;
import dev.slipway.model.Fact;
import dev.slipway.model.Image;
import dev.slipway.model.Outcome;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleasePlan;
import dev.slipway.model.StagePlan;
import dev.slipway.pipeline.Policy;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.StageOrder;
import dev.slipway.workflows.api.StageResult;
import dev.slipway.workflows.api.StageWorkflow;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole releases into a production whose worker checks approvals itself, and a stage that somebody started past the starter. */
class SealedReleaseTest {
    private static final String GATE = "production/approve";

    @TempDir
    Path folder;

    private final Scenario slipway = new Scenario("development", "production");
    private final Signer starter = new Signer();
    private final Signer attacker = new Signer();
    private SealedBundle sealed;

    @BeforeEach
    void productionsWorkerDemandsTwo() throws IOException {
        sealed = new SealedBundle(folder);
        SealRule rule = new SealRule(
                SealedBundle.PRODUCTION,
                2,
                Set.of("deployers"),
                SealKeys.of(List.of(starter.publicFile(folder))),
                Duration.ofDays(30));
        ApprovalSeal seal = new ApprovalSeal(rule, sealed.store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        slipway.cluster
                .running("development", "podinfo", "1.0.0")
                .running("production", "podinfo", "1.0.0")
                .sealed((stamp, order) -> {
                    if (order.target().environment().equals(SealedBundle.PRODUCTION)) {
                        seal.require(stamp, order);
                    }
                });
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void whatWasApprovedGoesAllTheWayWithItsCanary() {
        ReleaseOrder order = slipway.start(order(starter));
        slipway.awaitPhase(order, "production", "WAITING");
        vote(order, starter, "ann");
        vote(order, starter, "bob");

        assertThat(slipway.end(order).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.clusterHistory())
                .contains("production: helm upgrade podinfo-canary 2.0.0", "production: helm upgrade podinfo 2.0.0");
    }

    @Test
    void aReleaseThatTheWorkerRefusesIsPutBackAndOnRecord() {
        ReleaseOrder order = slipway.start(order(attacker));
        slipway.awaitPhase(order, "production", "WAITING");
        vote(order, attacker, "ann");
        vote(order, attacker, "bob");

        Outcome outcome = slipway.end(order).outcome();

        assertThat(outcome).isInstanceOf(Outcome.RolledBack.class);
        assertThat(slipway.records.of(Fact.Kind.STOPPED))
                .singleElement()
                .satisfies(fact -> assertThat(fact.what()).contains("the worker of production does not deploy"));
        assertThat(slipway.cluster.version("development", "podinfo")).contains("2.0.0");
        assertThat(slipway.cluster.version("production", "podinfo")).contains("1.0.0");
    }

    @Test
    void aStageThatSomebodyStartedWithHisOwnKeysChangesNothing() {
        ReleaseOrder order = order(attacker);
        WorkflowStub stage = startByHand(order);
        slipway.awaitPhase(order, "production", "WAITING");
        vote(order, attacker, "ann");
        vote(order, attacker, "bob");

        StageResult result = stage.getResult(StageResult.class);

        assertThat(result.outcome()).isInstanceOf(Outcome.RolledBack.class);
        assertThat(result.outcome().reason())
                .contains("the worker of production does not deploy podinfo@2.0.0 attempt 1, and has touched nothing")
                .contains("0 of 2 approvals count; not counted: one that is not signed with key " + starter.keyId());
        assertThat(slipway.clusterHistory()).isEmpty();
        assertThat(slipway.cluster.version("production", "podinfo")).contains("1.0.0");
        assertThat(slipway.cluster.claim("production"))
                .as("the slot is free again")
                .isEmpty();
    }

    @Test
    void aStageThatAsksNobodyChangesNothing() {
        ReleaseOrder order = order(attacker);
        StagePlan asked = production(order);
        StagePlan unasked =
                new StagePlan(asked.environment(), asked.valuesFiles(), List.of(), asked.rollout(), asked.after());

        StageResult result = start(new StageOrder(order, unasked)).getResult(StageResult.class);

        assertThat(result.outcome().reason()).contains("0 of 2 approvals count");
        assertThat(slipway.clusterHistory()).isEmpty();
    }

    private void vote(ReleaseOrder order, Signer signer, String person) {
        Decision said = slipway.decision(order, GATE, new Actor(person, Set.of("deployers")), Decision.Choice.APPROVE);
        slipway.stage(order, "production").decided(signer.sign(said));
    }

    private WorkflowStub startByHand(ReleaseOrder order) {
        return start(new StageOrder(order, production(order)));
    }

    private WorkflowStub start(StageOrder order) {
        StageWorkflow stage = slipway.client()
                .newWorkflowStub(
                        StageWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.CONTROL)
                                .setWorkflowId("podinfo:production")
                                .build());
        WorkflowClient.start(stage::run, order);
        return WorkflowStub.fromTyped(stage);
    }

    private static StagePlan production(ReleaseOrder order) {
        return order.plan().stages().get(1);
    }

    /** As the starter makes it of the bundle, with the keys of whoever starts it. */
    private ReleaseOrder order(Signer keys) {
        ReleasePlan plan = sealed.pipeline
                .toPlan(
                        List.of(Plans.environment("development"), Plans.environment("production")),
                        new Policy(2, Duration.ofMinutes(1), true, false))
                .orElseThrow();
        return new ReleaseOrder(
                ReleaseId.parse("podinfo@2.0.0"),
                1,
                plan,
                sealed.bundle.ref(),
                new Image(
                        plan.image().repository(),
                        "2.0.0",
                        SealedBundle.IMAGE,
                        plan.image().valuesKey()),
                sealed.bundle.digests(SealedBundle.IMAGE),
                Plans.CI,
                Map.of(keys.keyId(), keys.publicKey()),
                Optional.empty(),
                false);
    }
}
