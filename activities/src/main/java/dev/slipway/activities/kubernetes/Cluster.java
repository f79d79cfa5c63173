package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the API server has of one Helm release: its objects by the label {@code app.kubernetes.io/instance}. */
final class Cluster {
    static final String INSTANCE = "app.kubernetes.io/instance";
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final int LOG_LINES = 20;
    private static final int LOG_BYTES = 64 * 1024;

    private final KubernetesClient client;

    Cluster(KubernetesClient client) {
        this.client = client;
    }

    List<Workload> workloads(HelmTarget target) {
        return ApiFailure.classified("reading the workloads of " + target.namespace() + "/" + target.release(), () -> {
            Stream<Workload> deployments = client
                    .apps()
                    .deployments()
                    .inNamespace(target.namespace())
                    .withLabel(INSTANCE, target.release())
                    .list()
                    .getItems()
                    .stream()
                    .map(d -> Workload.of(d, newestReplicaSet(d)));
            Stream<Workload> sets = client
                    .apps()
                    .statefulSets()
                    .inNamespace(target.namespace())
                    .withLabel(INSTANCE, target.release())
                    .list()
                    .getItems()
                    .stream()
                    .map(Workload::of);
            return Stream.concat(deployments, sets).toList();
        });
    }

    private Optional<String> newestReplicaSet(Deployment deployment) {
        String revision = annotation(deployment.getMetadata().getAnnotations());
        return client
                .apps()
                .replicaSets()
                .inNamespace(deployment.getMetadata().getNamespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .filter(set -> isOf(deployment, set)
                        && !revision.isEmpty()
                        && revision.equals(annotation(set.getMetadata().getAnnotations())))
                .map(set -> set.getMetadata().getUid())
                .findFirst();
    }

    private static boolean isOf(Deployment deployment, ReplicaSet set) {
        return set.getMetadata().getOwnerReferences().stream()
                .anyMatch(o -> deployment.getMetadata().getUid().equals(o.getUid()));
    }

    private static String annotation(@Nullable Map<String, String> annotations) {
        return annotations == null ? "" : annotations.getOrDefault(REVISION, "");
    }

    /** The pods of the workload's newest revision. */
    List<Pod> newestPods(HelmTarget target, Workload workload) {
        return ApiFailure.classified(
                "reading the pods of " + workload.label(),
                () -> client
                        .pods()
                        .inNamespace(target.namespace())
                        .withLabelSelector(workload.selector())
                        .list()
                        .getItems()
                        .stream()
                        .filter(workload.newest()::has)
                        .toList());
    }

    PodEvents events(HelmTarget target, String object) {
        return ApiFailure.classified(
                "reading the events of " + object,
                () -> new PodEvents(client.v1()
                        .events()
                        .inNamespace(target.namespace())
                        .withField("involvedObject.name", object)
                        .list()
                        .getItems()));
    }

    /** The last lines of the container, of its last run when that has ended; empty when it has said nothing. */
    String log(HelmTarget target, String pod, String container, boolean ended) {
        var logs = client.pods().inNamespace(target.namespace()).withName(pod).inContainer(container);
        try {
            return ended
                    ? logs.terminated().tailingLines(LOG_LINES).getLog()
                    : logs.limitBytes(LOG_BYTES).tailingLines(LOG_LINES).getLog();
        } catch (KubernetesClientException e) {
            // 400: the container has never started; whatever it is, it must not hide the verdict
            return "";
        }
    }

    boolean hasReadyEndpoint(HelmTarget target) {
        return ApiFailure.classified(
                "reading the endpoints of " + target.namespace() + "/" + target.release(),
                () -> client
                        .discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace(target.namespace())
                        .withLabel(INSTANCE, target.release())
                        .list()
                        .getItems()
                        .stream()
                        .flatMap(slice -> slice.getEndpoints().stream())
                        // absent means ready, by the API's own words
                        .anyMatch(e -> e.getConditions() == null
                                || !Boolean.FALSE.equals(e.getConditions().getReady())));
    }
}
