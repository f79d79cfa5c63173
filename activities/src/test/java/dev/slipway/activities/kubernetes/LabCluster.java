package dev.slipway.activities.kubernetes;

import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
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
        boolean lab = System.getenv("LAB_RUN") != null && System.getenv("KUBECONFIG") != null;
        if (!lab) {
            System.out.println("Skipped: needs the lab. Run `make lab`, then `. lab/env`.");
            abort("needs the lab: run `make lab`, then `. lab/env`");
        }
        return new LabCluster(Path.of(System.getenv("KUBECONFIG")));
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
