package dev.slipway.activities.orphan;

import dev.slipway.activities.kubernetes.ApiFailure;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Job that sends requests for a soak and carries our mark. */
record MarkedJob(String name, Marks mark, long epoch) {
    private static final String RUN = "slipway.dev/run";

    /** All of the namespace that are not being deleted. */
    static List<MarkedJob> all(KubernetesClient client, String namespace) {
        return ApiFailure.classified(
                "reading the Jobs of " + namespace,
                () -> client
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withLabel("app.kubernetes.io/managed-by", "slipway")
                        .withLabel(RUN)
                        .list()
                        .getItems()
                        .stream()
                        .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
                        .flatMap(job -> of(job).stream())
                        .toList());
    }

    private static Optional<MarkedJob> of(Job job) {
        String release = orEmpty(job.getMetadata().getAnnotations()).getOrDefault("slipway.dev/release", "");
        return Marks.ofRoute(release)
                .map(mark -> new MarkedJob(
                        job.getMetadata().getName(),
                        mark,
                        epoch(orEmpty(job.getMetadata().getLabels()).getOrDefault("slipway.dev/epoch", ""))));
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    private static long epoch(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    String words() {
        return "Job " + name + " of a soak's load is still there";
    }
}
