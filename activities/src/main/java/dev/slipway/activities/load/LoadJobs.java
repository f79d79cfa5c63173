package dev.slipway.activities.load;

import dev.slipway.activities.fence.WriteRight;
import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.undo.Permit;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;

/** The Jobs of one stage run in one namespace. Those that are being deleted are no longer there. */
final class LoadJobs {
    private static final String OF_JOB = "batch.kubernetes.io/job-name";

    private final KubernetesClient client;
    private final Permit permit;
    private final String namespace;

    LoadJobs(KubernetesClient client, Permit permit, String namespace) {
        this.client = client;
        this.permit = permit;
        this.namespace = namespace;
    }

    /** The CronJob whose template is used. MISSING, with what to do, when it is not there. */
    CronJob source(String name) {
        CronJob found = ApiFailure.classified(
                "reading CronJob " + namespace + "/" + name,
                () -> client.batch()
                        .v1()
                        .cronjobs()
                        .inNamespace(namespace)
                        .withName(name)
                        .get());
        if (found == null) {
            throw FailureType.MISSING.failure("CronJob " + name + " is not in namespace " + namespace + " any more");
        }
        return found;
    }

    /** All of the stage run. */
    List<Job> ofRun() {
        return with(LoadMark.ofRun(permit));
    }

    /** Those that were made under this very permit. */
    List<Job> ofPermit() {
        return with(LoadMark.of(permit));
    }

    private List<Job> with(Map<String, String> labels) {
        return ApiFailure.classified(
                "reading the Jobs of " + namespace,
                () -> client.batch().v1().jobs().inNamespace(namespace).withLabels(labels).list().getItems().stream()
                        .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
                        .toList());
    }

    /** Creates it; one that an earlier attempt has made is as good. */
    void create(Job job, WriteRight right) {
        String name = job.getMetadata().getName();
        check(right, "Job " + name + " is not made");
        try {
            client.batch().v1().jobs().inNamespace(namespace).resource(job).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || !isOurs(name)) {
                throw ApiFailure.of("making Job " + namespace + "/" + name, e);
            }
        }
    }

    private boolean isOurs(String name) {
        return ofPermit().stream().anyMatch(job -> name.equals(job.getMetadata().getName()));
    }

    /**
     * Deletes it and its pods. Kubernetes would delete the pods as well; they are told here, so that nothing depends on how
     * soon it gets there.
     *
     * @return how many pods were told to end
     */
    int delete(Job job, WriteRight right) {
        String name = job.getMetadata().getName();
        check(right, "Job " + name + " is not deleted");
        return ApiFailure.classified("deleting Job " + namespace + "/" + name, () -> {
            List<Pod> pods = pods(job);
            client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .withName(name)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
            pods.stream()
                    .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                    .forEach(pod -> client.pods()
                            .inNamespace(namespace)
                            .withName(pod.getMetadata().getName())
                            .delete());
            return pods.size();
        });
    }

    List<Pod> pods(Job job) {
        String name = job.getMetadata().getName();
        return ApiFailure.classified(
                "reading the pods of Job " + namespace + "/" + name,
                () -> client.pods()
                        .inNamespace(namespace)
                        .withLabel(OF_JOB, name)
                        .list()
                        .getItems());
    }

    /** Asked right before each write. */
    private static void check(WriteRight right, String otherwise) {
        right.refusal().ifPresent(refusal -> {
            throw FailureType.UNREACHABLE.failure(otherwise + ": " + refusal.why() + "; it is tried again");
        });
    }
}
