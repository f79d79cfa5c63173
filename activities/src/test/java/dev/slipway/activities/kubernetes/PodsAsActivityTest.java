package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.Pods;
import dev.slipway.workflows.api.ReadinessOrder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodsAsActivityTest {
    private final MockCluster cluster = new MockCluster();
    private final TestActivityEnvironment temporal =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Payloads.converter())
                            .build())
                    .build());

    @BeforeEach
    void register() {
        temporal.registerActivitiesImplementations(new PodsActivities(cluster.client()));
    }

    @AfterEach
    void stop() {
        temporal.close();
        cluster.close();
    }

    @Test
    void itsVerdictTravelsThroughTemporal() {
        deployment(1);

        assertThat(awaitFor(Duration.ofHours(1))).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void theLimitCountsFromTheFirstAttemptEvenIfItsWorkerDied() {
        deployment(0);
        temporal.setHeartbeatDetails(new Pacing.Beat(Instant.now().minus(Duration.ofHours(2)), "0 of 1"));

        assertThat(awaitFor(Duration.ofHours(1)).reason()).startsWith("not ready within 1h: ");
    }

    private Verdict awaitFor(Duration limit) {
        HelmTarget target = new HelmTarget(new EnvironmentName("production"), "production", "podinfo");
        return temporal.newActivityStub(Pods.class).awaitReady(new ReadinessOrder(target, 1, limit));
    }

    private void deployment(int available) {
        cluster.client()
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("podinfo")
                        .withNamespace("production")
                        .withLabels(Map.of(Cluster.INSTANCE, "podinfo"))
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .withMatchLabels(Map.of(Cluster.INSTANCE, "podinfo"))
                        .endSelector()
                        .endSpec()
                        .withNewStatus()
                        .withObservedGeneration(1L)
                        .withUpdatedReplicas(1)
                        .withReplicas(1)
                        .withAvailableReplicas(available)
                        .endStatus()
                        .build())
                .create();
    }
}
