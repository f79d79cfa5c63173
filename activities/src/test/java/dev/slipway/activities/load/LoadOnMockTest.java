package dev.slipway.activities.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.fence.Leases;
import dev.slipway.activities.fence.Refusal;
import dev.slipway.activities.fence.Writer;
import dev.slipway.activities.fence.Writers;
import dev.slipway.activities.kubernetes.MockCluster;
import dev.slipway.workflows.api.Load;
import dev.slipway.workflows.api.LoadOrder;
import dev.slipway.workflows.undo.Permit;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs on an API server in memory; what controllers do, the test does. */
class LoadOnMockTest extends LoadContract {
    private static final PodSpec POD = new PodSpecBuilder()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("load")
            .withImage("load:1")
            .endContainer()
            .build();
    private static final String FAILS =
            "the load Job load-test fails: BackoffLimitExceeded: Job has reached the specified backoff limit";

    private final MockCluster mock = new MockCluster();
    private final LoadCluster cluster = new LoadCluster(mock.client(), "staging");
    private final Writers writers = Leases.on(mock.client());
    private final ScriptedPace pace = new ScriptedPace();
    private final Permit permit = permit();

    @BeforeEach
    void theCronJob() {
        cluster.source(POD);
    }

    @AfterEach
    void stop() {
        mock.close();
    }

    @Override
    Load load() {
        return new LoadActivities(mock.client(), writers, Spinning::new);
    }

    @Override
    CompletableFuture<Optional<String>> keeping(Permit with) {
        CompletableFuture<Optional<String>> keeping = super.keeping(with);
        await("a Job", () -> !cluster.jobs().isEmpty());
        cluster.pod("Running");
        return keeping;
    }

    @Override
    String namespace() {
        return "staging";
    }

    @Override
    List<String> jobs() {
        return cluster.loads();
    }

    /** The pace of another thread. */
    private static final class Spinning implements Pace {
        @Override
        public String call() {
            return "9/1";
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void beat(String seen) {}

        @Override
        public void pause(String seen) {
            Thread.yield();
        }
    }

    private Optional<String> keep(Optional<String> told, Duration quiet) {
        return new LoadActivities(mock.client(), writers, () -> pace)
                .keep(permit, new LoadOrder(stable(), "load-test", told, quiet));
    }

    private Optional<String> keep() {
        return keep(Optional.empty(), Duration.ZERO);
    }

    private void keepUntilOver() {
        assertThatThrownBy(this::keep).isInstanceOf(ScriptedPace.Over.class);
    }

    private void fails() {
        cluster.ends("Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }

    @Test
    void aJobIsMadeOfTheTemplateAsKubectlDoesAndCarriesOurMarks() {
        pace.overAfter(1);
        keepUntilOver();

        Job job = cluster.only();
        CronJob source = mock.client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace("staging")
                .withName("load-test")
                .get();
        assertThat(job.getSpec()).isEqualTo(source.getSpec().getJobTemplate().getSpec());
        assertThat(job.getMetadata().getName()).matches("load-test-[0-9a-f]{8}-1");
        assertThat(job.getMetadata().getAnnotations())
                .containsEntry("cronjob.kubernetes.io/instantiate", "manual")
                .containsEntry("cost", "4711")
                .containsEntry("slipway.dev/release", "podinfo@2.0.0 attempt 1 run " + run);
        assertThat(job.getMetadata().getLabels())
                .containsEntry("team", "platform")
                .containsEntry("app.kubernetes.io/managed-by", "slipway")
                .containsEntry("slipway.dev/run", run)
                .containsEntry("slipway.dev/epoch", Long.toString(permit.epoch()))
                .containsEntry("slipway.dev/load", "load-test");
        assertThat(job.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getKind()).isEqualTo("CronJob");
            assertThat(owner.getUid()).isEqualTo(source.getMetadata().getUid());
            assertThat(owner.getController()).isTrue();
            assertThat(owner.getBlockOwnerDeletion()).isNull();
        });
    }

    @Test
    void anAttemptAfterAnotherMakesNoSecondJob() {
        pace.overAfter(1).overAfter(2);
        keepUntilOver();
        List<String> first = cluster.names();
        keepUntilOver();

        assertThat(cluster.names()).isEqualTo(first).hasSize(1);
    }

    @Test
    void aJobWhoseAnswerWasLostIsFoundMade() {
        LoadJobs jobs = new LoadJobs(mock.client(), permit, "staging");
        jobs.create(LoadJob.of(jobs.source("load-test"), permit, 1, 0), Optional::empty);
        jobs.create(LoadJob.of(jobs.source("load-test"), permit, 1, 0), Optional::empty);

        assertThat(cluster.jobs()).hasSize(1);
    }

    @Test
    void aJobThatEndsIsFollowedByAFreshOneAndItsPodsGo() {
        pace.after(1, () -> {
            cluster.pod("Succeeded");
            cluster.ends("Complete", "", "");
        });
        pace.overAfter(4);
        keepUntilOver();

        assertThat(cluster.only().getMetadata().getName()).endsWith("-2");
        assertThat(cluster.pods()).isEmpty();
    }

    @Test
    void aJobThatFailsIsToldWithItsExitCode() {
        pace.after(1, () -> {
            cluster.podExits(3);
            fails();
        });

        assertThat(keep()).contains(FAILS + " (exit code 3)");
    }

    @Test
    void failedJobsAreFollowedLaterAndLaterAndCounted() {
        pace.after(1, this::fails);
        assertThat(keep()).contains(FAILS);
        // the pause begins when the end is seen by this attempt: 10 s
        pace.overAfter(4);
        assertThatThrownBy(() -> keep(Optional.of(FAILS), Duration.ZERO)).isInstanceOf(ScriptedPace.Over.class);
        assertThat(cluster.only().getMetadata().getName()).endsWith("-2");

        fails();
        assertThat(keep(Optional.of(FAILS), Duration.ZERO)).contains(FAILS + ", 2 times in a row");
        int seen = pace.looks();
        pace.overAfter(seen + 4);
        String twice = FAILS + ", 2 times in a row";
        assertThatThrownBy(() -> keep(Optional.of(twice), Duration.ZERO)).isInstanceOf(ScriptedPace.Over.class);
        assertThat(cluster.only().getMetadata().getName()).endsWith("-2");
        pace.overAfter(seen + 9);
        assertThatThrownBy(() -> keep(Optional.of(twice), Duration.ZERO)).isInstanceOf(ScriptedPace.Over.class);
        assertThat(cluster.only().getMetadata().getName()).endsWith("-3");
    }

    @Test
    void aJobThatFollowsAFailedOneIsBelievedWhenItHasRunForAWhile() {
        pace.after(1, this::fails);
        keep();
        pace.after(4, () -> cluster.pod("Running"));

        assertThat(keep(Optional.of(FAILS), Duration.ZERO)).isEmpty();
        assertThat(pace.looks()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void aPodThatCannotStartIsTold() {
        pace.after(1, cluster::podWithoutImage);

        assertThat(keep())
                .hasValueSatisfying(told -> assertThat(told)
                        .startsWith("the load Job load-test does not run: pod load-test-")
                        .endsWith("-1-x: ImagePullBackOff: no such image"));
    }

    @Test
    void aJobThatGetsNoPodsIsTold() {
        assertThat(keep())
                .hasValueSatisfying(
                        told -> assertThat(told)
                                .startsWith(
                                        "the load Job load-test does not run: it gets no pods; kubectl describe job load-test-"));
        assertThat(pace.looks()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void aCronJobThatIsGoneIsToldAndTheLoadGoesOnWhenItIsBack() {
        cluster.removeSource();
        Optional<String> told = keep();
        assertThat(told).contains("CronJob load-test is not in namespace staging any more");

        cluster.source(POD);
        pace.after(5, () -> cluster.pod("Running"));
        assertThat(keep(told, Duration.ZERO)).isEmpty();
        assertThat(cluster.jobs()).hasSize(1);
    }

    @Test
    void whatHappensInTheQuietTimeIsToldAfterIt() {
        pace.after(1, this::fails);

        assertThat(keep(Optional.empty(), Duration.ofMinutes(2))).isPresent();
        assertThat(pace.looks()).isEqualTo(24);
    }

    @Test
    void whoeverHasLostTheRightToWriteMakesNoJob() {
        Writers lost = (with, namespace, call, beat) -> new Writer() {
            @Override
            public Optional<Refusal> refusal() {
                return Optional.of(new Refusal(Refusal.Kind.LOST, "Lease staging/slipway-podinfo was taken over"));
            }

            @Override
            public void close() {}
        };
        pace.overAfter(3);
        LoadActivities frozen = new LoadActivities(mock.client(), lost, () -> pace);

        assertThatThrownBy(() -> frozen.keep(permit, order())).isInstanceOf(ScriptedPace.Over.class);
        assertThat(cluster.jobs()).isEmpty();
    }

    @Test
    void theEndLeavesTheJobsOfOthersAlone() {
        pace.overAfter(1);
        keepUntilOver();
        Job ours = cluster.only();
        Job others = new LoadJob(ours).job();
        others.getMetadata().setName("load-test-of-somebody");
        others.getMetadata().setResourceVersion(null);
        others.getMetadata().setUid(null);
        others.getMetadata().getLabels().put("slipway.dev/run", "another-run");
        mock.client().resource(others).create();

        load().end(permit(), stable());

        assertThat(cluster.names()).containsExactly("load-test-of-somebody");
    }

    @Test
    void aLongNameLeavesRoomForDigestAndNumber() {
        cluster.removeSource();
        CronJob longest = cluster.source(POD);
        longest.getMetadata().setName("a".repeat(47) + "-bbbb");

        assertThat(LoadJob.of(longest, permit, 12345, 0).getMetadata().getName())
                .matches("a{47}-[0-9a-f]{8}-12345")
                .hasSizeLessThanOrEqualTo(63);
    }
}
