package dev.slipway.activities.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.bundle.Diffs;
import dev.slipway.activities.helm.HelmActivities;
import dev.slipway.activities.helm.HelmSettings;
import dev.slipway.activities.kubernetes.Kubernetes;
import dev.slipway.activities.kubernetes.LabCluster;
import dev.slipway.activities.seal.Seal;
import dev.slipway.model.BundleRef;
import dev.slipway.model.Digest;
import dev.slipway.model.Image;
import dev.slipway.model.Resource;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.Payloads;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real people with real kubectl and helm, in a namespace where the worker of development deploys with the real helm. */
@Tag("lab")
@Timeout(120)
class GuardOnLabTest extends KubernetesGuardContract {
    private static final Path FOLDER = Path.of("src/test/resources/guarded").toAbsolutePath();
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private static KubernetesClient client;
    private static HelmActivities helm;
    private static TestActivityEnvironment temporal;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(
                System.getenv("LAB_RUN") != null, "skipped: needs the lab (run `make lab`, then `. lab/env`)");
        Path kubeconfig = Path.of(LabCluster.env("KUBECONFIG_DEVELOPMENT"));
        client = Kubernetes.client(kubeconfig);
        helm = new HelmActivities(
                HelmSettings.of(Path.of(LabCluster.env("HELM")), Optional.empty(), kubeconfig),
                digest -> FOLDER,
                Diffs.NOWHERE,
                Seal.NONE);
        temporal = TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build());
        temporal.registerActivitiesImplementations(helm);
    }

    @AfterAll
    static void stop() {
        if (temporal != null) {
            temporal.close();
            helm.close();
            client.close();
        }
    }

    @AfterEach
    void leaveNothing() {
        somebodyUninstalls();
        client.resources(HTTPRoute.class)
                .inNamespace(route.namespace())
                .withName(route.route())
                .delete();
    }

    @Override
    KubernetesClient client() {
        return client;
    }

    @Override
    int weDeploy(String tag) {
        Helm port = temporal.newActivityStub(Helm.class);
        DeployOrder order = new DeployOrder(
                target,
                new BundleRef(DIGEST, "chart"),
                List.of("values.yaml"),
                new Image("127.0.0.1:5000/sample", tag, DIGEST, "image"),
                Optional.empty(),
                Duration.ofMinutes(1),
                10);
        return port.apply(
                        ledger.open(Resource.STABLE, () -> port.observe(target).prior()), order)
                .revision();
    }

    @Override
    void somebodyDeploys(String tag) {
        byHand("HELM", "upgrade", "--install", "--set=image.tag=" + tag, target.release(), FOLDER + "/chart");
    }

    @Override
    void somebodyUninstalls() {
        byHand("HELM", "uninstall", "--ignore-not-found", target.release());
    }

    @Test
    void anImageSetByHandIsShownOldAndNew() {
        Footprint.Release left = deployed("2");
        kubectl("set", "image", deployment(), "sample=127.0.0.1:5000/sample:evil");

        found(
                left,
                "Deployment " + target.release() + " was changed by kubectl-set at 20",
                "spec.template.spec.containers[sample].image 127.0.0.1:5000/sample:2@" + DIGEST
                        + " -> 127.0.0.1:5000/sample:evil");
    }

    @Test
    void anEnvironmentVariableSetByHandIsNamedAndItsValueMasked() {
        Footprint.Release left = deployed("2");
        kubectl("set", "env", deployment(), "PASSWORD=hunter2", "LOG_LEVEL=debug");

        String what = found(left, "containers[sample].env[PASSWORD].value ***", "env[LOG_LEVEL].value ***");
        assertThat(what).doesNotContain("hunter2", "debug");
    }

    @Test
    void anEnvironmentVariableRemovedByHandIsNamed() {
        Footprint.Release left = deployed("2");
        kubectl("set", "env", deployment(), "LOG_LEVEL-");

        found(left, "somebody removed containers[sample].env[LOG_LEVEL]");
    }

    @Test
    void aLimitPatchedByHandIsShown() {
        Footprint.Release left = deployed("2");
        kubectl(
                "patch",
                deployment(),
                "-p={\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"sample\",\"resources\":"
                        + "{\"limits\":{\"memory\":\"1Gi\"}}}]}}}}");

        found(left, "changed by kubectl-patch", "containers[sample].resources.limits.memory = 1Gi");
    }

    @Test
    void anEditWithAnEditorIsShown() {
        Footprint.Release left = deployed("2");
        byHandWith("KUBE_EDITOR", "sed -i s/sample:2@/sample:edited@/", "KUBECTL", "edit", deployment());

        found(left, "changed by kubectl-edit", "sample:edited@");
    }

    @Test
    void theDataOfAConfigMapChangedByHandIsShown() {
        Footprint.Release left = deployed("2");
        kubectl("patch", "configmap/" + target.release(), "-p={\"data\":{\"greeting\":\"hi\"}}");

        found(left, "ConfigMap " + target.release() + " was changed by kubectl-patch", "data.greeting hello -> hi");
    }

    @Test
    void theDataOfASecretChangedByHandIsNamedAndMasked() {
        Footprint.Release left = deployed("2");
        kubectl("patch", "secret/" + target.release(), "-p={\"stringData\":{\"password\":\"hunter2\"}}");

        String what = found(left, "Secret " + target.release(), "data.password ***");
        assertThat(what).doesNotContain("hunter2", "aHVudGVyMg", "from-the-chart");
    }

    @Test
    void anObjectDeletedByHandIsNamed() {
        Footprint.Release left = deployed("2");
        kubectl("delete", "configmap/" + target.release());

        found(left, "ConfigMap " + target.release() + " of Helm release", "was deleted");
    }

    @Test
    void scalingAndRestartingAreNoInterference() {
        Footprint.Release left = deployed("2");
        kubectl("scale", deployment(), "--replicas=1");
        kubectl("rollout", "restart", deployment());
        kubectl("annotate", deployment(), "note=seen");

        assertThat(compare(left)).isEmpty();
    }

    @Test
    void whatWasEditedBeforeWeCameIsNotForeign() {
        somebodyDeploys("1");
        kubectl("set", "env", deployment(), "EXTRA=1");
        awaitTheNextSecond();
        Footprint.Release left = deployed("2");

        assertThat(compare(left)).isEmpty();
    }

    @Test
    void stableBesideOurCanaryMayHaveBeenEditedBeforeButNotSince() {
        somebodyDeploys("1");
        kubectl("set", "env", deployment(), "EXTRA=1");
        Footprint.Release beside = new Footprint.Release(target, 1, false);
        assertThat(compare(beside)).isEmpty();

        somebodyDeploys("hotfix");

        found(beside, "is at revision 2 (guarded-1.0.0), deployed at 20", "made by somebody else");
    }

    private String found(Footprint.Release left, String... words) {
        String what = compare(left).orElseThrow(() -> new AssertionError("nothing was found"));
        assertThat(what).contains(words);
        return what;
    }

    /** {@code managedFields} know whole seconds, and the lab's API server has this machine's clock. */
    private void awaitTheNextSecond() {
        Instant edited = Instant.parse(client
                .apps()
                .deployments()
                .inNamespace(target.namespace())
                .withName(target.release())
                .get()
                .getMetadata()
                .getManagedFields()
                .stream()
                .map(ManagedFieldsEntry::getTime)
                .max(Comparator.naturalOrder())
                .orElseThrow());
        while (Instant.now().isBefore(edited.plusSeconds(1))) {
            Thread.onSpinWait();
        }
    }

    private String deployment() {
        return "deployment/" + target.release();
    }

    private void kubectl(String... arguments) {
        byHand("KUBECTL", arguments);
    }

    private void byHand(String program, String... arguments) {
        byHandWith("NOBODY", "", program, arguments);
    }

    private void byHandWith(String variable, String value, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(LabCluster.env(program)));
        command.addAll(Arrays.asList(arguments));
        command.add("--namespace=" + target.namespace());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", LabCluster.env("KUBECONFIG_DEVELOPMENT"));
        builder.environment().put(variable, value);
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
