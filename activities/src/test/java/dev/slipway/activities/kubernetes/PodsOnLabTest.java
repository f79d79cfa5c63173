package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.ReadinessOrder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real kubelet, scheduler and controllers say about pods that cannot start. */
@Tag("lab")
class PodsOnLabTest {
    private static final String RELEASE = "podinfo";
    private static final int PORT = 9898;
    private static final String IMAGE = "test/podinfo:6.9.2";

    private LabCluster lab;

    @BeforeAll
    static void theImage() throws Exception {
        LabCluster.importPodinfo(IMAGE);
    }

    @BeforeEach
    void start() {
        lab = LabCluster.orSkip();
    }

    @AfterEach
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void aHealthyReleaseIsReadyAndItsSideHasAnEndpoint() {
        deploy(d -> d);
        lab.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(RELEASE)
                        .withNamespace(lab.namespace())
                        .withLabels(labels())
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(labels())
                        .addNewPort()
                        .withPort(PORT)
                        .endPort()
                        .endSpec()
                        .build())
                .create();

        assertThat(await(60)).isInstanceOf(Verdict.Passed.class);
        // the endpoint comes after the pod is ready, and no event of the pod tells of it
        lab.client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(lab.namespace())
                .withLabel("kubernetes.io/service-name")
                .waitUntilCondition(slice -> pods().sides(target()).stable(), 60, TimeUnit.SECONDS);
        assertThat(pods().sides(target()).stable()).isTrue();
        assertThat(pods().sides(target()).canary()).isFalse();
    }

    @Test
    void aCrashLoopIsToldLongBeforeTheLimitWithTheContainersLastWords() {
        deploy(d -> container(d, c -> c.withArgs("--no-such-flag")));

        Verdict verdict = await(300);

        assertThat(verdict.reason()).contains("CrashLoopBackOff: 2 restarts, last exit code 2 (Error): ", "--version");
        assertThat(detail(verdict, "log")).contains("--unready", "--version");
        assertThat(detail(verdict, "events")).contains("BackOff");
    }

    @Test
    void anImageThatDoesNotExistIsTold() {
        deploy(d -> container(d, c -> c.withImage(image() + "-absent")));

        assertThat(await(300).reason()).contains("ImagePullBackOff", "not found");
    }

    @Test
    void aMissingSecretIsToldByItsName() {
        deploy(d -> container(
                d,
                c -> c.addNewEnv()
                        .withName("KEY")
                        .withNewValueFrom()
                        .withNewSecretKeyRef("key", "no-such-secret", false)
                        .endValueFrom()
                        .endEnv()));

        assertThat(await(300).reason()).contains("CreateContainerConfigError", "\"no-such-secret\" not found");
    }

    @Test
    void aMissingVolumeIsToldByItsName() {
        deploy(d -> new DeploymentBuilder(d)
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName("keys")
                .withMountPath("/keys")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("keys")
                .withNewSecret()
                .withSecretName("no-such-secret")
                .endSecret()
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());

        assertThat(await(300).reason()).contains("FailedMount", "\"no-such-secret\" not found");
    }

    @Test
    void aPodThatFitsNowhereIsTold() {
        deploy(d -> container(
                d,
                c -> c.withNewResources()
                        .addToRequests("cpu", new Quantity("1000"))
                        .endResources()));

        assertThat(await(300).reason()).contains("Unschedulable", "Insufficient cpu");
    }

    @Test
    void anExceededQuotaIsTold() {
        lab.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("none")
                        .withNamespace(lab.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("0"))
                        .endSpec()
                        .build())
                .create();
        deploy(d -> d);

        assertThat(await(300).reason()).contains("FailedCreate", "exceeded quota: none");
    }

    @Test
    void aContainerThatItsStartupProbeKillsIsToldAtItsFirstRestart() {
        deploy(d -> container(
                d,
                c -> c.withNewStartupProbe()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(2)
                        .withNewHttpGet()
                        .withPath("/status/503")
                        .withPort(new IntOrString(PORT))
                        .endHttpGet()
                        .endStartupProbe()));

        assertThat(await(300).reason()).contains("StartupProbeFailed", "statuscode: 503", "1 restart");
    }

    @Test
    void aContainerThatIsNeverReadyFailsAtTheLimitWithItsProbesLastAnswer() {
        deploy(d -> container(
                d,
                c -> c.editReadinessProbe()
                        .editHttpGet()
                        .withPath("/status/503")
                        .endHttpGet()
                        .endReadinessProbe()));

        Verdict verdict = await(8);

        assertThat(verdict.reason())
                .startsWith("not ready within 8s: Deployment podinfo, pod podinfo-")
                .contains("NotReady: it runs but is not ready: Readiness probe failed", "statuscode: 503");
    }

    private static Deployment container(Deployment deployment, UnaryOperator<ContainerBuilder> change) {
        return new DeploymentBuilder(deployment)
                .editSpec()
                .editTemplate()
                .editSpec()
                .withContainers(change.apply(new ContainerBuilder(deployment
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .get(0)))
                        .build())
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private Verdict await(int seconds) {
        return pods().awaitReady(new ReadinessOrder(target(), 1, Duration.ofSeconds(seconds)));
    }

    private PodsActivities pods() {
        Instant start = Instant.now();
        return new PodsActivities(lab.client(), () -> new Pacing() {
            @Override
            public Instant startedAt() {
                return start;
            }

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void pause(String seen) {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }
        });
    }

    private HelmTarget target() {
        return new HelmTarget(new EnvironmentName("production"), lab.namespace(), RELEASE);
    }

    private static String detail(Verdict verdict, String name) {
        return verdict.evidence().stream()
                .filter(e -> e.name().equals(name))
                .map(Evidence::detail)
                .collect(Collectors.joining());
    }

    private static Map<String, String> labels() {
        return Map.of(Cluster.INSTANCE, RELEASE);
    }

    private static String image() {
        return LabCluster.env("REGISTRY") + "/" + IMAGE;
    }

    private void deploy(UnaryOperator<Deployment> change) {
        lab.client()
                .resource(change.apply(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(RELEASE)
                        .withNamespace(lab.namespace())
                        .withLabels(labels())
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .withMatchLabels(labels())
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels())
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(1L)
                        .addNewContainer()
                        .withName("podinfo")
                        .withImage(image())
                        .withTerminationMessagePolicy("FallbackToLogsOnError")
                        .withNewReadinessProbe()
                        .withPeriodSeconds(1)
                        .withNewHttpGet()
                        .withPath("/readyz")
                        .withPort(new IntOrString(PORT))
                        .endHttpGet()
                        .endReadinessProbe()
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build()))
                .create();
    }
}
