package dev.slipway.activities.kubernetes;

import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Pods;
import dev.slipway.workflows.api.Readiness;
import dev.slipway.workflows.api.ReadinessOrder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Supplier;

/**
 * The port {@link Pods} on the Kubernetes API. Needs get and list on Deployments, StatefulSets, ReplicaSets, pods, their
 * logs, events and EndpointSlices of the namespace.
 */
public final class PodsActivities implements Pods {
    private final Cluster cluster;
    private final Supplier<Pacing> pacing;

    /** Reads with the rights of the client. */
    public PodsActivities(KubernetesClient client) {
        this(client, Pacing::ofActivity);
    }

    PodsActivities(KubernetesClient client, Supplier<Pacing> pacing) {
        this.cluster = new Cluster(client);
        this.pacing = pacing;
    }

    @Override
    public Verdict awaitReady(ReadinessOrder order) {
        return new ReadinessWait(cluster, order, pacing.get()).run();
    }

    @Override
    public Readiness sides(HelmTarget stable) {
        return new Readiness(cluster.hasReadyEndpoint(stable), cluster.hasReadyEndpoint(stable.canary()));
    }
}
