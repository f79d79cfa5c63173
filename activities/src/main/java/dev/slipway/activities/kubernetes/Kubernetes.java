package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** Makes the clients of one environment's cluster. */
public final class Kubernetes {
    /** Who we are in {@code managedFields}. */
    public static final String FIELD_MANAGER = "slipway";

    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int RETRIES = 2;

    private Kubernetes() {}

    /**
     * A client that uses exactly this file's current context and nothing of its surroundings. Requests are tried again
     * twice, so an unreachable cluster is told within half a minute.
     *
     * @throws IllegalArgumentException when the file is refused by {@link KubeconfigCheck}
     */
    public static KubernetesClient client(Path kubeconfig) {
        KubeconfigCheck.check(kubeconfig);
        Config config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .withUserAgent(FIELD_MANAGER)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
