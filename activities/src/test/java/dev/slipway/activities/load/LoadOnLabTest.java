package dev.slipway.activities.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.fence.LeaseWriters;
import dev.slipway.activities.kubernetes.LabCluster;
import dev.slipway.model.UndoResult;
import dev.slipway.workflows.api.Load;
import dev.slipway.workflows.undo.Permit;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real Jobs, with the real controllers and a real kubelet. */
@Tag("lab")
class LoadOnLabTest extends LoadContract {
    private static final String IMAGE = "test/podinfo:6.9.2";

    private final LabCluster lab = LabCluster.orSkip();
    private final LoadCluster cluster = new LoadCluster(lab.client(), lab.namespace());
    private final LoadActivities activities =
            new LoadActivities(lab.client(), LeaseWriters.of(Path.of(LabCluster.env("KUBECONFIG"))), Looking::new);

    @BeforeAll
    static void theImage() throws Exception {
        LabCluster.importPodinfo(IMAGE);
    }

    @BeforeEach
    void theCronJob() {
        cluster.source(pod());
    }

    private void another(PodSpec pod) {
        cluster.removeSource();
        cluster.source(pod);
    }

    @AfterEach
    void leave() {
        activities.close();
        lab.close();
    }

    /** Looks ten times a second. */
    private static final class Looking implements Pace {
        private final String call = Long.toString(System.nanoTime());

        @Override
        public String call() {
            return call;
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void beat(String seen) {}

        @Override
        public void pause(String seen) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static PodSpec pod(String... args) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("load")
                .withImage(LabCluster.env("REGISTRY") + "/" + IMAGE)
                .withArgs(args)
                .endContainer()
                .build();
    }

    @Override
    Load load() {
        return activities;
    }

    @Override
    String namespace() {
        return lab.namespace();
    }

    @Override
    List<String> jobs() {
        return cluster.loads();
    }

    @Override
    CompletableFuture<Optional<String>> keeping(Permit permit) {
        CompletableFuture<Optional<String>> keeping = super.keeping(permit);
        await("its pod runs", () -> running() == 1);
        return keeping;
    }

    private long running() {
        return lab.client().pods().inNamespace(namespace()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .count();
    }

    @Test
    void thePodsOfAnEndedLoadAreGoneSoonAfter() throws Exception {
        CompletableFuture<Optional<String>> keeping = keeping(permit());

        UndoResult ended = activities.end(permit(), stable());

        assertThat(ended.done()).isTrue();
        assertThat(lab.client().pods().inNamespace(namespace()).list().getItems())
                .as("they are told before it returns")
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getDeletionTimestamp()).isNotNull());
        await(
                "the pods are gone",
                () -> lab.client()
                        .pods()
                        .inNamespace(namespace())
                        .list()
                        .getItems()
                        .isEmpty());
        assertFenced(keeping);
    }

    @Test
    void aRealFailureIsToldInKubernetesOwnWordsAndAFreshJobFollows() {
        another(pod("--no-such-flag"));

        Optional<String> told = activities.keep(permit(), order());

        assertThat(told)
                .contains(
                        "the load Job load-test fails: BackoffLimitExceeded: Job has reached the specified backoff limit"
                                + " (exit code 2)");
        activities.end(permit(), stable());
    }

    @Test
    void anImageThatIsNotThereIsTold() {
        PodSpec absent = pod();
        absent.getContainers().get(0).setImage(LabCluster.env("REGISTRY") + "/test/absent:1");
        another(absent);

        Optional<String> told = activities.keep(permit(), order());

        assertThat(told)
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("the load Job load-test does not run: pod load-test-")
                        .containsAnyOf("ImagePullBackOff", "ErrImagePull"));
        activities.end(permit(), stable());
    }

    @Test
    void aLoadThatIsKilledByHandIsFollowedByAFreshOne() throws Exception {
        CompletableFuture<Optional<String>> keeping = keeping(permit());
        List<String> first = cluster.names();

        lab.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace())
                .withName(first.get(0))
                .delete();

        await(
                "a fresh Job",
                () -> cluster.jobs().size() == 1 && !cluster.names().equals(first));
        assertThat(cluster.names().get(0)).endsWith("-2");
        activities.end(permit(), stable());
        assertFenced(keeping);
    }

    @Test
    void theJobIsTheCronJobsOwnSoThatItGoesWithIt() throws Exception {
        CompletableFuture<Optional<String>> keeping = keeping(permit());

        cluster.removeSource();

        await("the Job is gone", () -> jobs().isEmpty());
        assertThat(keeping.get()).contains("CronJob load-test is not in namespace " + namespace() + " any more");
        List<Pod> pods = lab.client().pods().inNamespace(namespace()).list().getItems();
        assertThat(pods)
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getOwnerReferences()).hasSize(1));
    }
}
