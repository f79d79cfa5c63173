package dev.slipway.activities.fence;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The real right to write, on a client that a test has. */
public final class Leases {
    private Leases() {}

    public static Writers on(KubernetesClient client) {
        return new LeaseWriters(client, Pace.REAL);
    }
}
