package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** The lab's real API server, with a namespace that exists as long as the test. */
public final class LabCluster implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace =
            "test-" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);

    private LabCluster(Path kubeconfig) {
        client = Kubernetes.client(kubeconfig);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Skips the test, and says so, when the variables of {@code lab/env} are not set: no other cluster is ever used. */
    public static LabCluster orSkip() {
        skipWithoutLab();
        return new LabCluster(Path.of(env("KUBECONFIG")));
    }

    /** Makes the lab's own podinfo an image of its registry. */
    public static void importPodinfo(String image) throws IOException, InterruptedException {
        skipWithoutLab();
        Path binary = Arrays.stream(env("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "podinfo"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("lab/env puts no podinfo on PATH"));
        Process process = new ProcessBuilder(
                        "../lab/import-image", image, binary.toRealPath().toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static void skipWithoutLab() {
        if (System.getenv("LAB_RUN") == null || System.getenv("KUBECONFIG") == null) {
            System.out.println("Skipped: needs the lab. Run `make lab`, then `. lab/env`.");
            abort("needs the lab: run `make lab`, then `. lab/env`");
        }
    }

    public KubernetesClient client() {
        return client;
    }

    public String namespace() {
        return namespace;
    }

    /** A variable of {@code lab/env}. */
    public static String env(String name) {
        return Optional.ofNullable(System.getenv(name))
                .orElseThrow(() -> new IllegalStateException("lab/env does not set " + name));
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
