package dev.slipway.activities.load;

import dev.slipway.activities.fence.Writer;
import dev.slipway.activities.fence.Writers;
import dev.slipway.activities.kubernetes.Redaction;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.LoadOrder;
import dev.slipway.workflows.undo.Permit;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One attempt at keeping a load up. What it must know is in the cluster, on the Jobs themselves, so the next attempt goes on
 * where this one is killed.
 */
final class Keeping {
    private static final Duration AFTER_SUCCESS = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final int LONGER = 2;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** A Job that follows a failed one is believed when it has run for so long. */
    private static final Duration PROVEN = Duration.ofSeconds(30);
    /** A Job without pods for so long gets none: of a quota, or of an admission that refuses them. */
    private static final Duration NO_PODS = Duration.ofSeconds(30);

    private static final int REASON_LIMIT = 300;
    /** These end the attempt; whatever else goes wrong is told. */
    private static final Set<String> OVER = Set.of(FailureType.FENCED.name(), FailureType.DRAINING.name());

    private final LoadJobs jobs;
    private final Writers writers;
    private final Permit permit;
    private final LoadOrder order;
    private final Pace pace;
    private Optional<String> trouble;
    private String ended = "";
    private String runs = "";
    private long runsSince;
    private String idle = "";
    private long idleSince;
    private long notBefore;
    private int last;
    private int refused;

    Keeping(LoadJobs jobs, Writers writers, Permit permit, LoadOrder order, Pace pace) {
        this.jobs = jobs;
        this.writers = writers;
        this.permit = permit;
        this.order = order;
        this.pace = pace;
        this.trouble = order.told();
        this.notBefore = pace.nanos();
    }

    /** Ends with what is to be told. */
    Optional<String> run() {
        long begun = pace.nanos();
        while (true) {
            look();
            boolean quiet = pace.nanos() - begun < order.quiet().toNanos();
            if (!quiet && !trouble.equals(order.told())) {
                return trouble;
            }
            pace.pause(trouble.orElse("requests are sent"));
        }
    }

    private void look() {
        try {
            List<Job> found = jobs.ofPermit();
            Optional<LoadJob> newest = LoadJob.newest(found);
            if (newest.isEmpty()) {
                // the first one, or it was tidied away by its CronJob, its time to live or a person
                fresh(last + 1, 0);
            } else {
                last = Math.max(last, newest.get().number());
                follow(newest.get());
            }
        } catch (ApplicationFailure failure) {
            if (OVER.contains(failure.getType())) {
                throw failure;
            }
            // a cluster that does not answer is told by those who watch
            if (!FailureType.UNREACHABLE.name().equals(failure.getType())) {
                refused++;
                notBefore = pace.nanos() + afterFailure(refused).toNanos();
                say(failure.getOriginalMessage());
            }
        }
    }

    private void follow(LoadJob job) {
        Optional<String> failure = job.failure();
        if (failure.isPresent()) {
            int failures = job.failures() + 1;
            String exit = new PodWords(jobs.pods(job.job()))
                    .exit()
                    .map(code -> " (" + code + ")")
                    .orElse("");
            say("the load Job " + order.job() + " fails: " + failure.get() + exit
                    + (failures > 1 ? ", " + failures + " times in a row" : ""));
            after(job, afterFailure(failures), failures);
        } else if (job.complete()) {
            trouble = Optional.empty();
            after(job, AFTER_SUCCESS, 0);
        } else {
            runs(job);
        }
    }

    /** The pause begins when the end is seen first. */
    private void after(LoadJob job, Duration pause, int failures) {
        if (!ended.equals(job.name())) {
            ended = job.name();
            notBefore = pace.nanos() + pause.toNanos();
        }
        fresh(job.number() + 1, failures);
    }

    private void fresh(int number, int failures) {
        if (pace.nanos() - notBefore < 0) {
            return;
        }
        CronJob source = jobs.source(order.job());
        String namespace = order.stable().namespace();
        try (Writer writing = writers.take(permit, namespace, pace.call(), pace::beat)) {
            List<Job> before = jobs.ofPermit();
            jobs.create(LoadJob.of(source, permit, number, failures), writing);
            // its pods are gone with it: only now, so that a person could look at why it had failed
            before.stream().filter(job -> new LoadJob(job).number() < number).forEach(job -> jobs.delete(job, writing));
        }
        last = number;
        refused = 0;
    }

    private void runs(LoadJob job) {
        PodWords pods = new PodWords(jobs.pods(job.job()));
        Optional<String> stuck = pods.none() ? withoutPods(job) : pods.trouble();
        if (stuck.isPresent()) {
            runs = "";
            say("the load Job " + order.job() + " does not run: " + stuck.get());
        } else if (pods.running() && proven(job)) {
            trouble = Optional.empty();
        }
    }

    private Optional<String> withoutPods(LoadJob job) {
        if (!idle.equals(job.name())) {
            idle = job.name();
            idleSince = pace.nanos();
        }
        return pace.nanos() - idleSince >= NO_PODS.toNanos()
                ? Optional.of("it gets no pods; kubectl describe job " + job.name() + " says why")
                : Optional.empty();
    }

    private boolean proven(LoadJob job) {
        if (!runs.equals(job.name())) {
            runs = job.name();
            runsSince = pace.nanos();
        }
        return job.failures() == 0 || pace.nanos() - runsSince >= PROVEN.toNanos();
    }

    private void say(String sentence) {
        trouble = Optional.of(Redaction.head(sentence, REASON_LIMIT));
    }

    private static Duration afterFailure(int failures) {
        Duration pause = AFTER_FAILURE;
        for (int i = 1; i < failures && pause.compareTo(LONGEST) < 0; i++) {
            pause = pause.multipliedBy(LONGER);
        }
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
