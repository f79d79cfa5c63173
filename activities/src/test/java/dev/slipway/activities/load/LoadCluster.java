package dev.slipway.activities.load;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;

/** What the platform and Kubernetes' controllers do about a load. */
final class LoadCluster {
    private static final String OF_JOB = "batch.kubernetes.io/job-name";

    private final KubernetesClient client;
    private final String namespace;

    LoadCluster(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The platform's suspended CronJob {@code load-test}, with one container. */
    CronJob source(PodSpec pod) {
        return client.resource(new CronJobBuilder()
                        .withNewMetadata()
                        .withName("load-test")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withSchedule("0 0 1 1 *")
                        .withSuspend(true)
                        .withNewJobTemplate()
                        .withNewMetadata()
                        .addToLabels("team", "platform")
                        .addToLabels("app.kubernetes.io/managed-by", "Helm")
                        .addToAnnotations("cost", "4711")
                        .endMetadata()
                        .withNewSpec()
                        .withBackoffLimit(0)
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app.kubernetes.io/name", "load-test")
                        .endMetadata()
                        .withSpec(pod)
                        .endTemplate()
                        .endSpec()
                        .endJobTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    void removeSource() {
        client.batch()
                .v1()
                .cronjobs()
                .inNamespace(namespace)
                .withName("load-test")
                .delete();
    }

    /** By number. */
    List<Job> jobs() {
        return client.batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
                .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
                .sorted(Comparator.comparingInt(job -> new LoadJob(job).number()))
                .toList();
    }

    List<String> names() {
        return jobs().stream().map(job -> job.getMetadata().getName()).toList();
    }

    /** By the CronJob that each is made of. */
    List<String> loads() {
        return jobs().stream()
                .map(job -> job.getMetadata().getLabels().get(LoadMark.LOAD))
                .toList();
    }

    Job only() {
        List<Job> jobs = jobs();
        if (jobs.size() != 1) {
            throw new AssertionError("not one Job but " + names());
        }
        return jobs.get(0);
    }

    /** The Job controller and the kubelet: the newest Job has a pod in this phase. */
    void pod(String phase) {
        String job = jobs().get(jobs().size() - 1).getMetadata().getName();
        String name = job + "-x";
        client.pods().inNamespace(namespace).withName(name).delete();
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .addToLabels(OF_JOB, job)
                        .endMetadata()
                        .withNewStatus()
                        .withPhase(phase)
                        .endStatus()
                        .build())
                .create();
    }

    /** Its image cannot be pulled. */
    void podWithoutImage() {
        pod("Pending");
        String name = only().getMetadata().getName() + "-x";
        client.pods()
                .inNamespace(namespace)
                .withName(name)
                .edit(pod -> new PodBuilder(pod)
                        .editStatus()
                        .addNewContainerStatus()
                        .withNewState()
                        .withNewWaiting()
                        .withReason("ImagePullBackOff")
                        .withMessage("no such image")
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build());
    }

    /** Its container has ended like this. */
    void podExits(int code) {
        pod("Failed");
        String name = jobs().get(jobs().size() - 1).getMetadata().getName() + "-x";
        client.pods()
                .inNamespace(namespace)
                .withName(name)
                .edit(pod -> new PodBuilder(pod)
                        .editStatus()
                        .addNewContainerStatus()
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(code)
                        .endTerminated()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build());
    }

    List<String> pods() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    /** The newest Job ends, as Kubernetes writes it down. */
    void ends(String type, String reason, String message) {
        Job newest = jobs().get(jobs().size() - 1);
        newest.setStatus(new JobStatusBuilder()
                .withConditions(new JobConditionBuilder()
                        .withType(type)
                        .withStatus("True")
                        .withReason(reason)
                        .withMessage(message)
                        .build())
                .build());
        client.batch().v1().jobs().inNamespace(namespace).resource(newest).updateStatus();
    }
}
