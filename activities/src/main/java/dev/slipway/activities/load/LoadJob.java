package dev.slipway.activities.load;

import dev.slipway.model.Digests;
import dev.slipway.workflows.undo.Permit;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One Job of a load, as it is made and as it is found again. */
record LoadJob(Job job) {
    /** A Job's name is a label's value on its pods: 63 characters, of which the digest and the number need 15. */
    private static final int LONGEST = 48;

    private static final int DIGEST = 8;

    /**
     * Made of the template as {@code kubectl create job --from=cronjob/NAME} does, with our marks. The same permit and number
     * give the same name, so that whoever tries again makes it once.
     *
     * @param number from 1
     * @param failures how many before it have failed without a break
     */
    static Job of(CronJob source, Permit permit, int number, int failures) {
        JobTemplateSpec template = source.getSpec().getJobTemplate();
        ObjectMeta meta = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
        return new JobBuilder()
                .withNewMetadata()
                .withName(name(source.getMetadata().getName(), permit, number))
                .withNamespace(source.getMetadata().getNamespace())
                .addToAnnotations("cronjob.kubernetes.io/instantiate", "manual")
                .addToAnnotations(orEmpty(meta.getAnnotations()))
                .addToAnnotations(LoadMark.RELEASE, LoadMark.release(permit))
                .addToAnnotations(LoadMark.NUMBER, Integer.toString(number))
                .addToAnnotations(LoadMark.FAILURES, Integer.toString(failures))
                .addToLabels(orEmpty(meta.getLabels()))
                .addToLabels(LoadMark.of(permit))
                .addToLabels(LoadMark.LOAD, source.getMetadata().getName())
                // kubectl's too: it does not block the owner's deletion, which would need one more right
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("batch/v1")
                        .withKind("CronJob")
                        .withName(source.getMetadata().getName())
                        .withUid(source.getMetadata().getUid())
                        .withController(true)
                        .build())
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private static String name(String source, Permit permit, int number) {
        String begin = source.length() > LONGEST ? source.substring(0, LONGEST) : source;
        String whose = permit.stamp().stageRun() + " " + permit.epoch() + " " + source;
        String digest = Digests.sha256(whose.getBytes(StandardCharsets.UTF_8)).value();
        String hex = digest.substring(digest.indexOf(':') + 1);
        return begin.replaceAll("[^a-z0-9]+$", "") + "-" + hex.substring(0, DIGEST) + "-" + number;
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    /** The one that was made last. */
    static Optional<LoadJob> newest(List<Job> jobs) {
        return jobs.stream().map(LoadJob::new).max(Comparator.comparingInt(LoadJob::number));
    }

    String name() {
        return job.getMetadata().getName();
    }

    int number() {
        return annotation(LoadMark.NUMBER);
    }

    int failures() {
        return annotation(LoadMark.FAILURES);
    }

    private int annotation(String key) {
        String text = orEmpty(job.getMetadata().getAnnotations()).getOrDefault(key, "0");
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }

    boolean complete() {
        return condition("Complete").isPresent();
    }

    /** Why it has failed, in Kubernetes' own words; empty when it has not. */
    Optional<String> failure() {
        return condition("Failed")
                .map(c -> Stream.of(c.getReason(), c.getMessage())
                        .filter(text -> text != null && !text.isEmpty())
                        .reduce((a, b) -> a + ": " + b)
                        .orElse("no reason is told"));
    }

    private Optional<JobCondition> condition(String type) {
        return conditions()
                .filter(c -> type.equals(c.getType()) && "True".equals(c.getStatus()))
                .findFirst();
    }

    private Stream<JobCondition> conditions() {
        return job.getStatus() == null || job.getStatus().getConditions() == null
                ? Stream.of()
                : job.getStatus().getConditions().stream();
    }
}
