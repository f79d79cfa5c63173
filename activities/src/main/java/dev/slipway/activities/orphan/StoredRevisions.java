package dev.slipway.activities.orphan;

import dev.slipway.activities.kubernetes.ApiFailure;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Helm's releases in one namespace, read from where Helm stores them. */
final class StoredRevisions {
    private final KubernetesClient client;
    private final String namespace;

    StoredRevisions(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The newest revision of each release that we have ever had a hand in; old revisions are not fetched. */
    Collection<StoredRevision> newest() {
        List<Secret> secrets = ApiFailure.classified(
                "reading the Helm releases of " + namespace,
                () -> client.secrets()
                        .inNamespace(namespace)
                        .withLabel("owner", "helm")
                        .withLabel("slipway.dev/run")
                        .withoutLabel("status", "superseded")
                        .list()
                        .getItems());
        Map<String, StoredRevision> newest = new HashMap<>();
        secrets.stream()
                .map(StoredRevision::new)
                .forEach(revision -> newest.merge(revision.release(), revision, later()));
        return newest.values();
    }

    /** Every revision of one release, oldest first. */
    List<StoredRevision> of(String release) {
        return ApiFailure.classified(
                "reading the Helm release " + namespace + "/" + release,
                () -> client
                        .secrets()
                        .inNamespace(namespace)
                        .withLabel("owner", "helm")
                        .withLabel("name", release)
                        .list()
                        .getItems()
                        .stream()
                        .map(StoredRevision::new)
                        .sorted(Comparator.comparingInt(StoredRevision::number))
                        .toList());
    }

    Optional<StoredRevision> newest(String release) {
        return of(release).stream().reduce((a, b) -> b);
    }

    private static BinaryOperator<StoredRevision> later() {
        return BinaryOperator.maxBy(Comparator.comparingInt(StoredRevision::number));
    }
}
