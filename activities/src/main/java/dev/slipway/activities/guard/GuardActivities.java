package dev.slipway.activities.guard;

import dev.slipway.activities.helm.ReleaseSecrets;
import dev.slipway.activities.route.TrafficSwitch;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.Guard;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The port {@link Guard} on the Kubernetes API. Needs get on HTTPRoutes, Secrets (and list), ConfigMaps, Services,
 * Deployments, StatefulSets and DaemonSets of the namespace. What it cannot read is a failure and never a finding.
 */
public final class GuardActivities implements Guard {
    private static final int LONGEST = 2_000;

    private final ReleaseGuard releases;
    private final RouteGuard routes;

    /** Reads with the rights of the client. */
    public GuardActivities(KubernetesClient client, TrafficSwitch router) {
        this.releases = new ReleaseGuard(new ReleaseSecrets(client), new LiveObjects(client));
        this.routes = new RouteGuard(router);
    }

    @Override
    public Optional<String> compare(Footprint left) {
        List<String> changes = new ArrayList<>(releases.changes(left.releases()));
        left.route().flatMap(routes::change).ifPresent(changes::add);
        String all = String.join("; ", changes);
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "...");
    }
}
