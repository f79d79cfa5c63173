package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;

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
        return client(config(kubeconfig).withRequestRetryBackoffLimit(RETRIES).build());
    }

    /**
     * As {@link #client}, for calls that are worth nothing when they are late: each is made once and given up after this
     * time.
     */
    public static KubernetesClient impatient(Path kubeconfig, Duration patience) {
        int millis = (int) patience.toMillis();
        return client(config(kubeconfig)
                .withConnectionTimeout(millis)
                .withRequestTimeout(millis)
                .withRequestRetryBackoffLimit(0)
                .build());
    }

    private static ConfigBuilder config(Path kubeconfig) {
        KubeconfigCheck.check(kubeconfig);
        return new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withUserAgent(FIELD_MANAGER);
    }

    private static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
