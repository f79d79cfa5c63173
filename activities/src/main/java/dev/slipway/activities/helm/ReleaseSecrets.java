package dev.slipway.activities.helm;

import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The revisions of Helm releases as Helm keeps them in the cluster, one Secret each. Read only, and cheap enough for a look
 * every few seconds, which a helm process is not. Needs get and list on Secrets of the namespace.
 */
public final class ReleaseSecrets {
    private final KubernetesClient client;

    /** Reads with the rights of the client. */
    public ReleaseSecrets(KubernetesClient client) {
        this.client = client;
    }

    /** One revision, empty when the cluster has no record of it. */
    public Optional<StoredRevision> find(HelmTarget target, int revision) {
        return ApiFailure.classified(
                "reading revision " + revision + " of " + target.namespace() + "/" + target.release(),
                () -> Optional.ofNullable(client.secrets()
                                .inNamespace(target.namespace())
                                .withName("sh.helm.release.v1." + target.release() + ".v" + revision)
                                .get())
                        .map(StoredRevision::of));
    }

    /** The newest revision of which there is a record, empty when there is none at all. */
    public Optional<StoredRevision> newest(HelmTarget target) {
        return ApiFailure.classified(
                "reading the revisions of " + target.namespace() + "/" + target.release(),
                () -> all(target).stream().max(Comparator.comparingInt(StoredRevision::revision)));
    }

    /** What Helm says is deployed, whatever failed after it; empty when nothing is. */
    public Optional<StoredRevision> deployed(HelmTarget target) {
        return ApiFailure.classified(
                "reading the revisions of " + target.namespace() + "/" + target.release(),
                () -> all(target).stream()
                        .filter(revision -> revision.status().equals("deployed"))
                        .max(Comparator.comparingInt(StoredRevision::revision)));
    }

    private List<StoredRevision> all(HelmTarget target) {
        return client
                .secrets()
                .inNamespace(target.namespace())
                .withLabel("owner", "helm")
                .withLabel("name", target.release())
                .list()
                .getItems()
                .stream()
                .map(StoredRevision::of)
                .toList();
    }
}
