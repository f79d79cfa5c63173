package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.ReadinessOrder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodsActivitiesTest {
    private static final HelmTarget TARGET = new HelmTarget(new EnvironmentName("production"), "production", "podinfo");
    private static final Map<String, String> LABELS = Map.of(Cluster.INSTANCE, "podinfo");

    private final MockCluster cluster = new MockCluster();
    private final ScriptedPacing pacing = new ScriptedPacing();
    private final PodsActivities pods = new PodsActivities(cluster.client(), () -> pacing);

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void passesWhenTheNewRevisionIsAvailableAndNothingOldIsLeft() {
        apply(deployment(2, 1, 1, 0, 1));
        pacing.at(1, () -> apply(deployment(2, 1, 2, 2, 3)));
        pacing.at(2, () -> apply(deployment(2, 2, 1, 2, 3)));
        pacing.at(3, () -> apply(deployment(2, 2, 2, 2, 3)));
        pacing.at(4, () -> apply(deployment(2, 2, 2, 2, 2)));

        Verdict verdict = await();

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(pacing.seen())
                .containsExactly(
                        "Deployment podinfo: not yet seen by its controller",
                        "Deployment podinfo: not yet seen by its controller",
                        "Deployment podinfo: 1 of 2 updated, 2 available, 2 old left",
                        "Deployment podinfo: 2 of 2 updated, 2 available, 1 old left");
    }

    @Test
    void failsOnTheNewestPodsCrashLoopAndNotOnAnOldOnes() {
        apply(deployment(2, 2, 1, 1, 2));
        replicaSet("old", "1");
        replicaSet("new", "2");
        apply(pod("podinfo-old", "old", "CrashLoopBackOff", 7));
        apply(pod("podinfo-new", "new", "CrashLoopBackOff", 1));
        pacing.at(8, () -> apply(pod("podinfo-new", "new", "CrashLoopBackOff", 2)));

        Verdict verdict = await();

        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason())
                .startsWith("Deployment podinfo, pod podinfo-new, container podinfo: CrashLoopBackOff: 2 restarts");
        assertThat(verdict.evidence()).extracting("name").contains("workloads", "pod");
        assertThat(pacing.seconds()).isEqualTo(8);
    }

    @Test
    void waitsForAnImageThatComesAfterAFewSecondsButNotForEver() {
        apply(deployment(2, 2, 1, 1, 2));
        replicaSet("new", "2");
        apply(pod("podinfo-new", "new", "ErrImagePull", 0));
        pacing.at(4, () -> apply(pod("podinfo-new", "new", "ContainerCreating", 0)));
        pacing.at(10, () -> apply(pod("podinfo-new", "new", "ImagePullBackOff", 0)));

        Verdict verdict = await();

        assertThat(verdict.reason()).contains("ImagePullBackOff");
        assertThat(pacing.seconds()).isEqualTo(15);
    }

    @Test
    void aSlowPodFailsAtTheLimitOnlyAndSaysHowFarItCame() {
        apply(deployment(2, 2, 1, 1, 2));
        replicaSet("new", "2");
        apply(pod("podinfo-new", "new", "ContainerCreating", 0));

        Verdict verdict = await();

        assertThat(pacing.seconds()).isEqualTo(60);
        assertThat(verdict.reason()).startsWith("not ready within 1m: ").contains("ContainerCreating");
    }

    @Test
    void aQuotaThatIsExceededIsToldWithTheWorkloadsOwnWords() {
        apply(new DeploymentBuilder(deployment(2, 2, 0, 0, 0))
                .editStatus()
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus("True")
                .withReason("FailedCreate")
                .withMessage("pods \"podinfo-1\" is forbidden: exceeded quota: small")
                .endCondition()
                .endStatus()
                .build());

        Verdict verdict = await();

        assertThat(verdict.reason())
                .isEqualTo("Deployment podinfo: FailedCreate: pods \"podinfo-1\" is forbidden: exceeded quota: small");
        assertThat(pacing.seconds()).isEqualTo(3);
    }

    @Test
    void theDeadlineOfTheFailedRolloutDoesNotFailTheRollbackAfterIt() {
        HasMetadata stale = deadlineExceeded(deployment(3, 3, 1, 1, 2));
        apply(stale);
        pacing.at(2, () -> apply(deployment(3, 3, 2, 2, 2)));

        assertThat(await()).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void anExceededDeadlineIsExplainedByAPodWhenThereIsOne() {
        apply(deadlineExceeded(deployment(2, 2, 1, 1, 2)));
        replicaSet("new", "2");
        apply(pod("podinfo-new", "new", "ContainerCreating", 0));

        Verdict verdict = await();

        assertThat(verdict.reason())
                .startsWith("ProgressDeadlineExceeded of Deployment podinfo; ")
                .contains("pod podinfo-new, container podinfo: ContainerCreating");
        assertThat(pacing.seconds()).isEqualTo(5);
    }

    @Test
    void aStatefulSetIsWaitedForToo() {
        apply(statefulSet(1, 0));
        pacing.at(1, () -> apply(statefulSet(1, 1)));

        assertThat(await()).isInstanceOf(Verdict.Passed.class);
        assertThat(pacing.seen()).containsExactly("StatefulSet podinfo: 1 of 1 updated, 0 available");
    }

    @Test
    void aReleaseWithoutWorkloadsBreaksTheChartContract() {
        assertThat(await().reason())
                .isEqualTo(
                        "no Deployment or StatefulSet in production has the label app.kubernetes.io/instance=podinfo,"
                                + " which the chart contract asks for");
    }

    @Test
    void aSideIsReadyWithOneReadyEndpointAndNotWithoutAny() {
        slice("podinfo", true);
        slice("podinfo-canary", false);

        assertThat(pods.sides(TARGET).stable()).isTrue();
        assertThat(pods.sides(TARGET).canary()).isFalse();

        slice("podinfo-canary", true);
        assertThat(pods.sides(TARGET).canary()).isTrue();
    }

    @Test
    void anAbsentSideIsNotReady() {
        assertThat(pods.sides(TARGET).stable()).isFalse();
    }

    private Verdict await() {
        return pods.awaitReady(new ReadinessOrder(TARGET, 2, Duration.ofMinutes(1)));
    }

    private void apply(HasMetadata object) {
        cluster.client().resource(object).delete();
        cluster.client().resource(object).create();
    }

    /** The API server of the mock makes every generation 1. */
    private static Deployment deployment(long generation, long observed, int updated, int available, int total) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("podinfo")
                .withNamespace("production")
                .withUid("deployment")
                .withGeneration(generation)
                .withLabels(LABELS)
                .addToAnnotations("deployment.kubernetes.io/revision", "2")
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(observed == generation ? 1L : 0L)
                .withUpdatedReplicas(updated)
                .withAvailableReplicas(available)
                .withReplicas(total)
                .endStatus()
                .build();
    }

    private static HasMetadata deadlineExceeded(Deployment deployment) {
        return new DeploymentBuilder(deployment)
                .editStatus()
                .addNewCondition()
                .withType("Progressing")
                .withStatus("False")
                .withReason("ProgressDeadlineExceeded")
                .withMessage("ReplicaSet \"new\" has timed out progressing.")
                .endCondition()
                .endStatus()
                .build();
    }

    private static HasMetadata statefulSet(int updated, int available) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("podinfo")
                .withNamespace("production")
                .withUid("set")
                .withGeneration(1L)
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withUpdatedReplicas(updated)
                .withAvailableReplicas(available)
                .withReplicas(1)
                .endStatus()
                .build();
    }

    private void replicaSet(String uid, String revision) {
        apply(new ReplicaSetBuilder()
                .withNewMetadata()
                .withName("podinfo-" + uid)
                .withNamespace("production")
                .withUid(uid)
                .withLabels(LABELS)
                .addToAnnotations("deployment.kubernetes.io/revision", revision)
                .addNewOwnerReference()
                .withUid(cluster.client()
                        .apps()
                        .deployments()
                        .inNamespace("production")
                        .withName("podinfo")
                        .get()
                        .getMetadata()
                        .getUid())
                .endOwnerReference()
                .endMetadata()
                .build());
    }

    private HasMetadata pod(String name, String replicaSet, String waiting, int restarts) {
        String uid = cluster.client()
                .apps()
                .replicaSets()
                .inNamespace("production")
                .withName("podinfo-" + replicaSet)
                .get()
                .getMetadata()
                .getUid();
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("production")
                .withLabels(LABELS)
                .addNewOwnerReference()
                .withUid(uid)
                .endOwnerReference()
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewContainerStatus()
                .withName("podinfo")
                .withReady(false)
                .withRestartCount(restarts)
                .withNewState()
                .withNewWaiting()
                .withReason(waiting)
                .endWaiting()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private void slice(String release, boolean ready) {
        apply(new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(release + "-1")
                .withNamespace("production")
                .addToLabels(Cluster.INSTANCE, release)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewEndpoint()
                .withAddresses("10.0.0.1")
                .withNewConditions()
                .withReady(ready)
                .endConditions()
                .endEndpoint()
                .build());
    }
}
