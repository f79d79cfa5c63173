package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.bundle.Diffs;
import dev.slipway.activities.fence.LeaseWriters;
import dev.slipway.activities.kubernetes.Kubernetes;
import dev.slipway.activities.seal.Seal;
import dev.slipway.model.BundleRef;
import dev.slipway.model.Difference;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.DifferenceOrder;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of the chart for model servers: one that the real helm has installed, and one that would come. */
@Tag("lab")
@Timeout(120)
class LabDifferenceTest {
    private static final String CANARY = "c4nary-of-the-lab-S3cret";
    private static final Path CHART =
            Path.of("../infra/helm/llm-inference").toAbsolutePath().normalize();

    private final HelmTarget target = new HelmTarget(
            new EnvironmentName("development"),
            "development",
            "differs-" + UUID.randomUUID().toString().substring(0, 8));

    @TempDir
    Path folder;

    private Path binary;
    private Path kubeconfig;
    private String whole = "";

    @BeforeEach
    void twoVersionsOfTheChart() throws IOException {
        String found = System.getenv("HELM");
        String config = System.getenv("KUBECONFIG_DEVELOPMENT");
        Assumptions.assumeTrue(
                found != null && config != null,
                "skipped: HELM and KUBECONFIG_DEVELOPMENT are not set (run `make lab`, then `. lab/env`)");
        binary = Path.of(found);
        kubeconfig = Path.of(config);
        copy("old");
        copy("new");
        Files.writeString(folder.resolve("new/templates/token.yaml"), token("new"));
        Files.writeString(folder.resolve("old/templates/token.yaml"), token("old"));
        Files.writeString(
                folder.resolve("new/templates/way-in.yaml"),
                "apiVersion: v1\nkind: Service\nmetadata: { name: {{ .Release.Name }}-open }\n"
                        + "spec: { type: LoadBalancer, ports: [ { port: 80 } ] }\n");
        Files.writeString(folder.resolve("values.yaml"), "env: { HF_TOKEN: " + CANARY + " }\n");
        Files.copy(CHART.resolve("values-lab.yaml"), folder.resolve("values-lab.yaml"));
    }

    private static String token(String which) {
        return "apiVersion: v1\nkind: Secret\nmetadata: { name: {{ .Release.Name }}-token }\nstringData: { token: "
                + CANARY + "-" + which + " }\n";
    }

    private void copy(String name) throws IOException {
        try (Stream<Path> files = Files.walk(CHART)) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(name).resolve(CHART.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    @AfterEach
    void uninstall() throws IOException, InterruptedException {
        if (binary != null) {
            helm("uninstall", target.release(), "--ignore-not-found");
        }
    }

    private void helm(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--namespace", target.namespace(), "--kubeconfig", kubeconfig.toString()));
        ProcessBuilder helm = new ProcessBuilder(command);
        Process process = helm.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void whatTheNewVersionChangesIsShownAndNoSecretOfIt() throws IOException, InterruptedException {
        helm(
                "install",
                target.release(),
                folder.resolve("old").toString(),
                "--values",
                folder.resolve("values-lab.yaml").toString(),
                "--values",
                folder.resolve("values.yaml").toString(),
                "--set",
                "replicaCount=0",
                "--set",
                "image.tag=0.9");

        Difference difference = compare();

        assertThat(difference.from())
                .startsWith("what somebody deployed past Slipway (revision 1, chart llm-inference-");
        assertThat(difference.lookTwice())
                .containsExactly("Service/" + target.release()
                        + "-open: is reached from outside of the cluster (type LoadBalancer)");
        assertThat(difference.objects())
                .contains("Secret/" + target.release() + "-token changed, +1 -1")
                .anyMatch(line -> line.startsWith("Service/" + target.release() + "-open new, +"))
                .anyMatch(line -> line.startsWith("Deployment/" + target.release() + " changed, +"));
        assertThat(difference.values()).contains("image.tag: \"0.9\" -> \"1\"", "replicaCount: 0 -> (absent)");
        assertThat(whole)
                .contains("+  token: (masked, changed)", "-  token: (masked)")
                .doesNotContain(CANARY);
        assertThat(difference.toString()).doesNotContain(CANARY);
        assertThat(difference.digest()).contains(Digests.sha256(whole.getBytes(StandardCharsets.UTF_8)));
    }

    private Difference compare() {
        Diffs kept = (digest, text) -> {
            whole = new String(text, StandardCharsets.UTF_8);
            return Optional.empty();
        };
        HelmSettings settings = HelmSettings.of(binary, Optional.empty(), kubeconfig);
        KubernetesClient client = Kubernetes.client(kubeconfig);
        try (HelmActivities activities = new HelmActivities(
                settings,
                digest -> folder,
                HelmProcess.checked(settings),
                LeaseWriters.of(kubeconfig),
                () -> Pulse.NONE,
                new ApiHelmCluster(client),
                Clock.systemUTC(),
                kept,
                Seal.NONE)) {
            return activities.compare(new DifferenceOrder(
                    ReleaseId.parse("llm@1"),
                    new Digests(
                            HelmContractTest.BUNDLE,
                            HelmContractTest.BUNDLE,
                            HelmContractTest.BUNDLE,
                            HelmContractTest.BUNDLE),
                    target,
                    new BundleRef(HelmContractTest.BUNDLE, "new"),
                    List.of("values-lab.yaml", "values.yaml"),
                    HelmContractTest.image("1"),
                    Optional.empty()));
        }
    }
}
