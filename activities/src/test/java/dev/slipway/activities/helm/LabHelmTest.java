package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.activities.fence.LeaseWriters;
import dev.slipway.activities.fence.WriteRight;
import dev.slipway.activities.kubernetes.Kubernetes;
import dev.slipway.activities.kubernetes.LabCluster;
import dev.slipway.model.Backend;
import dev.slipway.model.BundleRef;
import dev.slipway.model.PriorState;
import dev.slipway.model.UndoResult;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Deployed;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.RenderOrder;
import dev.slipway.workflows.api.RenderReport;
import dev.slipway.workflows.undo.Permit;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real helm against the lab's cluster, with the identity of the development worker. */
@Tag("lab")
@Timeout(300)
class LabHelmTest extends HelmContractTest {
    private static final Path BUNDLE_FOLDER = Path.of("src/test/resources").toAbsolutePath();
    private static HelmActivities helm;
    private static Path binary;
    private static Path kubeconfig;

    private volatile boolean cancel;

    @BeforeAll
    static void findTheLab() {
        String found = System.getenv("HELM");
        String config = System.getenv("KUBECONFIG_DEVELOPMENT");
        Assumptions.assumeTrue(
                found != null && config != null,
                "skipped: HELM and KUBECONFIG_DEVELOPMENT are not set (run `make lab`, then `. lab/env`)");
        binary = Path.of(found);
        kubeconfig = Path.of(config);
        helm = activities(Pulse.NONE);
    }

    private static HelmActivities activities(Pulse pulse) {
        return activities(pulse, Clock.systemUTC());
    }

    private static HelmActivities activities(Pulse pulse, Clock clock) {
        return new HelmActivities(
                settings(),
                digest -> BUNDLE_FOLDER,
                HelmProcess.checked(settings()),
                LeaseWriters.of(kubeconfig),
                () -> pulse,
                new ApiHelmCluster(Kubernetes.client(kubeconfig)),
                clock);
    }

    private static HelmSettings settings() {
        return new HelmSettings(
                binary,
                Optional.empty(),
                kubeconfig,
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }

    @AfterAll
    static void close() {
        if (helm != null) {
            helm.close();
        }
    }

    @AfterEach
    void removeTheHooksJobAndTheLease() {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(target.namespace())
                    .withName(target.release() + "-hook")
                    .delete();
            client.leases()
                    .inNamespace(target.namespace())
                    .withName("slipway-" + target.release())
                    .delete();
        }
    }

    @Override
    Helm helm() {
        return helm;
    }

    @Override
    void somebodyDeploys(HelmTarget target, String tag) {
        byHand(
                "upgrade",
                "--install",
                "--namespace=" + target.namespace(),
                "--set=image.repository=127.0.0.1:5000/sample,image.tag=" + tag + ",image.digest=sha256:"
                        + "c".repeat(64),
                target.release(),
                BUNDLE_FOLDER.resolve("chart").toString());
    }

    @Override
    void somebodyUninstalls(HelmTarget target) {
        byHand("uninstall", "--namespace=" + target.namespace(), "--ignore-not-found", target.release());
    }

    private static void byHand(String... arguments) {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theHistoryTellsTheStory() {
        somebodyDeploys(target, "0.9");
        helm().apply(open(), order("1"));
        helm().restore(again(), target);
        History history = history();
        assertThat(history.revisions().get(1).said())
                .matches("slipway \\S+@1 attempt 1 development STABLE run=\\S+ epoch=1 prior=1 writer=\\w+");
        assertThat(history.revisions().get(2).said()).contains(" epoch=2 ").endsWith(" undo-to=1");
    }

    /** Helm's word for the newest revision, empty when there is none. */
    private String status() {
        return history().newest().map(Revision::status).orElse("");
    }

    private History history() {
        try (HelmProcess process = HelmProcess.checked(settings())) {
            return new HelmClient(process, WriteRight.NONE, Pulse.NONE).history(target);
        }
    }

    @Test
    void aFailedUpgradeIsTriedAgainAndUndone() {
        somebodyDeploys(target, "0.9");
        PriorState.HelmRevision prior = deployed();
        assertFailure(
                "INVALID_INPUT",
                () -> helm().apply(open(), order("1", List.of("values-invalid.yaml"), Optional.empty())));
        assertThat(helm().observe(target).prior()).isEqualTo(prior);
        assertThat(helm().observe(target).remark())
                .hasValueSatisfying(r -> assertThat(r).contains("failed"));
        assertThat(helm().apply(again(), order("1")).alreadyThere()).isFalse();
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(deployed().manifest()).isEqualTo(prior.manifest());
    }

    @Test
    void anUndoRecoversFromAHelmThatWasKilledMidUpgrade() throws InterruptedException {
        somebodyDeploys(target, "0.9");
        PriorState.HelmRevision prior = deployed();
        killMidway(open());
        assertThat(status()).isEqualTo("pending-upgrade");

        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(deployed().manifest()).isEqualTo(prior.manifest());
        assertThat(status()).doesNotStartWith("pending-");
    }

    @Test
    void anUndoRecoversFromAHelmThatWasKilledMidInstall() throws InterruptedException {
        killMidway(open());
        assertThat(status()).isEqualTo("pending-install");
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(helm().observe(target).prior()).isInstanceOf(PriorState.Absent.class);
    }

    @Test
    void aDeploymentIsTriedAgainAfterItsHelmWasKilled() throws InterruptedException {
        somebodyDeploys(target, "0.9");
        Permit permit = open();
        killMidway(permit);
        assertThat(helm().apply(permit, order("1")).alreadyThere()).isFalse();
        assertThat(deployed().images()).anyMatch(runs("1"));
    }

    @Test
    void aLockThatIsNotOursIsWaitedFor() throws InterruptedException {
        somebodyDeploys(target, "0.9");
        Permit permit = open();
        killMidway(ledger("run-of-another").open(permit.resource(), permit::prior));
        assertFailure("HELM_LOCKED", () -> helm().apply(permit, order("1")));
        assertFailure("HELM_LOCKED", () -> helm().observe(target));
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.NotOurs.class);
    }

    @Test
    void aLockThatNobodyCanHoldAnyMoreIsClearedInHelmsOwnRecord() throws InterruptedException {
        somebodyDeploys(target, "0.9");
        Permit permit = open();
        killMidway(ledger("run-of-another").open(permit.resource(), permit::prior));
        try (HelmActivities later = activities(Pulse.NONE, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(31)))) {
            assertThat(later.observe(target).remark())
                    .hasValueSatisfying(r -> assertThat(r).contains("pending-upgrade"));
            assertThat(later.apply(permit, order("1")).revision()).isEqualTo(3);
        }
        Revision cleared = history().find(2).orElseThrow();
        assertThat(cleared.status()).isEqualTo("failed");
        assertThat(cleared.said()).isEqualTo("unlocked from stale 'pending-upgrade' by slipway");
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
    }

    @Test
    void aRollbackThatWasKilledIsDoneAgain() throws InterruptedException {
        somebodyDeploys(target, "0.9");
        PriorState.HelmRevision prior = deployed();
        helm().apply(open(), order("1"));
        helm().restore(again(), target);
        pretend(3, "pending-rollback");

        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(deployed().manifest()).isEqualTo(prior.manifest());
        assertThat(history().newest().map(Revision::revision)).contains(4);
    }

    /** What a helm leaves that is killed before it writes down its end. */
    private void pretend(int revision, String status) {
        try (KubernetesClient client = Kubernetes.client(kubeconfig)) {
            Revision now = history().find(revision).orElseThrow();
            assertThat(new HelmRecords(client).mark(target, now, status, now.said()))
                    .isTrue();
        }
    }

    @Test
    void aFailedHooksLastWordsAreInTheFailure() throws IOException, InterruptedException {
        LabCluster.importPodinfo("test/podinfo:6.9.2");
        somebodyDeploys(target, "0.9");
        Permit permit = open();
        ApplicationFailure failure = catchThrowableOfType(
                ApplicationFailure.class,
                () -> helm().apply(permit, order("1", List.of("values-hookfails.yaml"), Optional.empty())));
        assertThat(failure.getType()).isEqualTo("HOOK_FAILED");
        assertThat(failure.getOriginalMessage())
                .contains("Job/" + target.release() + "-hook: pod ", "migrate ended with exit code 2, said: ");
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
    }

    @Test
    void whatAFirstInstallationsPodsSaidIsKeptWhenItIsRemoved() {
        helm().apply(open(), order("1", List.of("values-onepod.yaml"), Optional.empty()));
        try (KubernetesClient client = Kubernetes.client(kubeconfig)) {
            Eventually.holds(() -> new LastWords(client)
                    .of(target)
                    .filter(w -> w.contains("ImagePull"))
                    .isPresent());
        }
        UndoResult result = helm().restore(again(), target);
        assertThat(result).isInstanceOf(UndoResult.Restored.class);
        assertThat(result.detail()).contains("before it was removed: revision 1", "ImagePull");
    }

    /** kill -9 of helm while it waits for a hook that never ends. */
    private void killMidway(Permit permit) throws InterruptedException {
        CompletableFuture<Object> applying = CompletableFuture.supplyAsync(
                () -> helm().apply(permit, order("1", List.of("values-slow.yaml"), Optional.empty())));
        Eventually.holds(() -> status().startsWith("pending-"));
        ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("upgrade")
                        && p.info().commandLine().orElse("").contains(target.release()))
                .forEach(ProcessHandle::destroyForcibly);
        assertThatThrownBy(applying::get).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aCancelledUpgradeLeavesNoLock() {
        somebodyDeploys(target, "0.9");
        PriorState.HelmRevision prior = deployed();
        Pulse pulse = detail -> {
            if (cancel) {
                throw new ActivityCanceledException();
            }
        };
        try (HelmActivities cancelled = activities(pulse)) {
            DeployOrder slow = order("1", List.of("values-slow.yaml"), Optional.empty());
            CompletableFuture<Object> applying = CompletableFuture.supplyAsync(() -> cancelled.apply(open(), slow));
            Eventually.holds(() -> status().startsWith("pending-"));
            cancel = true;
            assertThatThrownBy(applying::get).hasRootCauseInstanceOf(ActivityCanceledException.class);
        }
        assertThat(status()).doesNotStartWith("pending-");
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(deployed().manifest()).isEqualTo(prior.manifest());
    }

    @Test
    void theWayBackIsNeverPrunedByOurOwnTries() {
        for (int i = 0; i < 3; i++) {
            somebodyDeploys(target, "0." + i);
        }
        PriorState.HelmRevision prior = deployed();
        open();
        DeployOrder order = order("1");
        for (int i = 0; i < 4; i++) {
            helm().apply(
                            again(),
                            new DeployOrder(
                                    target,
                                    order.bundle(),
                                    order.valuesFiles(),
                                    image("1." + i),
                                    Optional.empty(),
                                    order.timeout(),
                                    3));
        }
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(deployed().manifest()).isEqualTo(prior.manifest());
    }

    @Test
    void aPriorRevisionThatIsGoneIsFoundBeforeAnythingIsChanged() {
        somebodyDeploys(target, "0.1");
        somebodyDeploys(target, "0.2");
        helm().apply(open(), order("1"));
        forget(2);
        assertFailure("MISSING", () -> helm().apply(again(), order("2")));
        assertThat(history().newest().map(Revision::revision)).contains(3);

        UndoResult result = helm().restore(again(), target);
        assertThat(result).isInstanceOf(UndoResult.Failed.class);
        assertThat(result.detail()).contains("revision 2").contains("no longer in Helm's history");
    }

    /** Somebody takes a revision out of Helm's history. */
    private void forget(int revision) {
        try (KubernetesClient client = Kubernetes.client(kubeconfig)) {
            client.secrets()
                    .inNamespace(target.namespace())
                    .withName("sh.helm.release.v1." + target.release() + ".v" + revision)
                    .delete();
        }
    }

    @Test
    void rendersBothSidesOfTheChart() {
        RenderReport report = helm().render(render("chart"));
        assertThat(report.verdict()).as(report.verdict().reason()).isInstanceOf(Verdict.Passed.class);
        assertThat(report.stable()).contains(new Backend(target.release(), 8080));
        assertThat(report.canary()).contains(new Backend(target.release() + "-canary", 8080));
    }

    @Test
    void aChartThatIsNotThereIsAFailedVerdict() {
        assertThat(helm().render(render("nowhere")).verdict().reason()).contains("has no 'nowhere'");
        assertThat(helm().render(render("../..")).verdict().reason()).contains("points out of the bundle");
    }

    @Test
    void aWorkerThatIsKilledMidUpgradeLeavesNoHelmAndALockThatItsSuccessorClears()
            throws IOException, InterruptedException {
        somebodyDeploys(target, "0.9");
        PriorState.HelmRevision prior = deployed();
        Permit permit = open();
        Process worker = upgradingWorker(permit);
        Eventually.holds(() -> status().startsWith("pending-"));
        List<ProcessHandle> helms = worker.toHandle().descendants().toList();
        assertThat(helms).isNotEmpty();
        worker.destroyForcibly().waitFor();
        Eventually.holds(() -> helms.stream().noneMatch(HelmProcessTest::lives));

        assertThat(helm().apply(permit, order("1")).alreadyThere()).isFalse();
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(deployed().manifest()).isEqualTo(prior.manifest());
    }

    @Test
    void twoAttemptsOfOneApplyAtOnceMakeOneRevision() {
        somebodyDeploys(target, "0.9");
        Permit permit = open();
        try (HelmActivities other = activities(Pulse.NONE)) {
            CompletableFuture<Deployed> second = CompletableFuture.supplyAsync(() -> other.apply(permit, order("1")));
            Deployed first = helm().apply(permit, order("1"));
            assertThat(List.of(first.alreadyThere(), second.join().alreadyThere()))
                    .containsExactlyInAnyOrder(true, false);
        }
        assertThat(history().revisions()).hasSize(2);
    }

    @Test
    void aWorkerAndItsHelmThatWereFrozenChangeNothingWhenTheyGoOn() throws IOException, InterruptedException {
        somebodyDeploys(target, "0.9");
        Permit permit = open();
        Process worker = upgradingWorker(permit);
        List<ProcessHandle> frozen = new ArrayList<>();
        try {
            Eventually.holds(() -> status().startsWith("pending-"));
            worker.toHandle().descendants().forEach(frozen::add);
            assertThat(frozen).isNotEmpty();
            signal("STOP", worker.toHandle(), frozen);
            assertThat(helm().apply(permit, order("1")).alreadyThere()).isFalse();
            List<Revision> history = history().revisions();
            PriorState.HelmRevision deployed = deployed();

            signal("CONT", worker.toHandle(), frozen);
            worker.waitFor();
            Eventually.holds(() -> frozen.stream().noneMatch(HelmProcessTest::lives));
            assertThat(history().revisions()).isEqualTo(history);
            assertThat(deployed()).isEqualTo(deployed);
            assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
        } finally {
            worker.destroyForcibly();
            frozen.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void signal(String name, ProcessHandle worker, List<ProcessHandle> helms)
            throws IOException, InterruptedException {
        List<String> kill = new ArrayList<>(List.of("kill", "-" + name, Long.toString(worker.pid())));
        helms.forEach(helm -> kill.add(Long.toString(helm.pid())));
        assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
    }

    private Process upgradingWorker(Permit permit) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UpgradingWorker.class.getName(),
                        Payloads.mapper().writeValueAsString(permit),
                        Payloads.mapper().writeValueAsString(order("1", List.of("values-slow.yaml"), Optional.empty())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A worker of its own, to be killed or frozen. */
    static final class UpgradingWorker {
        private UpgradingWorker() {}

        public static void main(String[] args) throws IOException {
            binary = Path.of(System.getenv("HELM"));
            kubeconfig = Path.of(System.getenv("KUBECONFIG_DEVELOPMENT"));
            Permit permit = Payloads.mapper().readValue(args[0], Permit.class);
            try (HelmActivities activities = activities(Pulse.NONE)) {
                activities.apply(permit, Payloads.mapper().readValue(args[1], DeployOrder.class));
            }
        }
    }

    private RenderOrder render(String chart) {
        return new RenderOrder(
                target, Optional.of(new Weight(25)), new BundleRef(BUNDLE, chart), List.of("values.yaml"), image("1"));
    }
}
