package dev.slipway.activities.helm;

import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The real API server behind Helm. */
final class ApiHelmCluster implements HelmCluster {
    private final KubernetesClient client;
    private final HelmRecords records;

    ApiHelmCluster(KubernetesClient client) {
        this.client = client;
        this.records = new HelmRecords(client);
    }

    @Override
    public boolean unlock(HelmTarget target, Revision locked, String why) {
        return records.fail(target, locked, why);
    }

    @Override
    public List<String> runningHooks(HelmTarget target, Revision revision) {
        return new HookObjects(client, records).running(target, revision.revision());
    }

    @Override
    public Optional<String> hookTrouble(HelmTarget target, Revision revision) {
        return kept(() -> new HookObjects(client, records).trouble(target, revision.revision()));
    }

    @Override
    public Optional<String> evidence(HelmTarget target) {
        return kept(() -> new LastWords(client).of(target));
    }

    @Override
    public List<String> loadObjections(HelmTarget target, Manifest manifest, List<String> loads, Pulse pulse) {
        return ApiFailure.classified("looking for the CronJobs of the soaks of " + target.release(), () -> {
            List<String> denied =
                    new ArrayList<>(new Permissions(client, target, new ApiKinds(client), pulse).missingForLoads());
            loads.forEach(name ->
                    new LoadSource(client, target, name).objection(manifest).ifPresent(denied::add));
            return denied;
        });
    }

    @Override
    public List<String> present(HelmTarget target, Collection<RenderedObject> objects) {
        ApiKinds kinds = new ApiKinds(client);
        return ApiFailure.classified(
                "looking for what " + target.release() + " has left",
                () -> objects.stream()
                        .filter(o -> kinds.of(o)
                                .map(kind -> {
                                    var all = client.genericKubernetesResources(kind);
                                    var named = kind.isNamespaceScoped()
                                            ? all.inNamespace(o.namespace().orElse(target.namespace()))
                                                    .withName(o.name())
                                            : all.withName(o.name());
                                    var there = named.get();
                                    return there != null && there.getMetadata().getDeletionTimestamp() == null;
                                })
                                .orElse(false))
                        .map(RenderedObject::id)
                        .toList());
    }

    @Override
    public List<String> objections(HelmTarget target, Manifest manifest, Pulse pulse) {
        return new Preflight(client, target, pulse).check(manifest);
    }

    @Override
    public Optional<StoredRevision> stored(HelmTarget target, Optional<Integer> revision) {
        ReleaseSecrets secrets = new ReleaseSecrets(client);
        return revision.isPresent() ? secrets.find(target, revision.get()) : secrets.deployed(target);
    }

    @Override
    public void close() {
        client.close();
    }

    /** What cannot be read for the record must not stop the undo. */
    private static Optional<String> kept(Supplier<Optional<String>> evidence) {
        try {
            return evidence.get();
        } catch (KubernetesClientException | ApplicationFailure e) {
            return Optional.of("no more is known, because the API server did not tell: " + e.getMessage());
        }
    }
}
