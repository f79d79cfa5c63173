package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.fence.Refusal;
import dev.slipway.activities.fence.WriteRight;
import dev.slipway.model.EnvironmentName;
import dev.slipway.workflows.api.HelmTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What helm itself does, as far as our adapter and the crash sweep rely on it: the real one on the lab's cluster, and the
 * one in memory.
 */
abstract class HelmRunnerContract {
    private static final Path CHART = Path.of("src/test/resources/chart").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(1);
    static final WriteRight MAY_WRITE = Optional::empty;

    final HelmTarget target = new HelmTarget(
            new EnvironmentName("development"),
            "development",
            "runner-" + UUID.randomUUID().toString().substring(0, 8));

    abstract HelmRunner runner();

    abstract HelmCluster cluster();

    /** Runs a helm that is killed with SIGKILL when its revision is there and not all is done. */
    abstract void killedInTheMiddle(HelmCommand upgrade);

    /** Values with which an upgrade takes so long that it can be killed. */
    abstract String slow();

    @AfterEach
    void leaveNothing() {
        run(HelmCli.uninstall(target, LIMIT, Hooks.SKIP));
    }

    @Test
    void aReleaseThatIsNotThereIsNotFoundAndUninstallingItIsFine() {
        Finished history = run(HelmCli.history(target));

        assertThat(HelmFailure.absent(history)).isTrue();
        assertThat(run(HelmCli.uninstall(target, LIMIT, Hooks.SKIP)).ok()).isTrue();
    }

    @Test
    void anUpgradeSupersedesTheRevisionBeforeAndCarriesItsOwnDescription() {
        upgrade("1", 1);
        upgrade("2", 2);

        assertThat(states()).containsExactly("1 superseded", "2 deployed");
        assertThat(history().newest().orElseThrow().said()).contains("epoch=2");
        assertThat(manifest(1)).contains("sample:1@").isNotEqualTo(manifest(2));
    }

    @Test
    void laterRevisionsInheritLabelsAndOverwriteThem() {
        upgrade("1", 1);
        assertThat(run(HelmCli.rollback(target, 1, mark(7), LIMIT, Hooks.SKIP)).ok())
                .isTrue();

        assertThat(labels(2)).contains("\"slipway.dev/epoch\":\"1\"", "\"slipway.dev/revision\":\"1\"");
        upgrade("3", 3);
        assertThat(labels(3)).contains("\"slipway.dev/epoch\":\"3\"", "\"slipway.dev/revision\":\"3\"");
    }

    @Test
    void aRollbackIsANewRevisionLikeTheOldOneWithOurDescription() {
        upgrade("1", 1);
        upgrade("2", 2);

        assertThat(run(HelmCli.rollback(target, 1, mark(3), LIMIT, Hooks.SKIP)).ok())
                .isTrue();

        assertThat(states()).containsExactly("1 superseded", "2 superseded", "3 deployed");
        assertThat(manifest(3)).isEqualTo(manifest(1));
        assertThat(history().newest().orElseThrow().said()).contains("epoch=3");
    }

    @Test
    void aRollbackToARevisionThatIsNotThereSaysSo() {
        upgrade("1", 1);

        Finished finished = run(HelmCli.rollback(target, 9, mark(2), LIMIT, Hooks.SKIP));

        assertThat(finished.ok()).isFalse();
        assertThat(finished.error()).contains("release has no 9 version");
        assertThat(states()).containsExactly("1 deployed");
    }

    @Test
    void aKilledUpgradeStaysPendingWithHelmsDescriptionAndOurLabelsAndLocksTheRelease() {
        upgrade("1", 1);
        killedInTheMiddle(upgradeOf("2", 2, 2, 10, slow()));

        assertThat(states()).containsExactly("1 deployed", "2 pending-upgrade");
        assertThat(history().newest().orElseThrow().said()).isEqualTo("Preparing upgrade");
        assertThat(labels(2)).contains("\"slipway.dev/epoch\":\"2\"", "\"slipway.dev/revision\":\"2\"");

        Finished again = run(upgradeOf("3", 3, 3, 10, ""));
        assertThat(again.ok()).isFalse();
        assertThat(again.error()).contains("another operation (install/upgrade/rollback) is in progress");
    }

    @Test
    void aRollbackToAnExplicitRevisionClearsTheLockOfAKilledUpgrade() {
        upgrade("1", 1);
        killedInTheMiddle(upgradeOf("2", 2, 2, 10, slow()));

        assertThat(run(HelmCli.rollback(target, 1, mark(3), LIMIT, Hooks.SKIP)).ok())
                .isTrue();

        assertThat(states()).containsExactly("1 superseded", "2 pending-upgrade", "3 deployed");
        upgrade("4", 4);
        assertThat(states()).endsWith("3 superseded", "4 deployed");
    }

    @Test
    void aLockThatIsMarkedFailedLetsTheNextUpgradeThrough() {
        upgrade("1", 1);
        killedInTheMiddle(upgradeOf("2", 2, 2, 10, slow()));
        Revision locked = history().newest().orElseThrow();

        assertThat(cluster().unlock(target, locked, "unlocked")).isTrue();
        assertThat(cluster().unlock(target, locked, "unlocked")).isFalse();

        assertThat(states()).containsExactly("1 deployed", "2 failed");
        assertThat(history().newest().orElseThrow().said()).isEqualTo("unlocked");
        upgrade("3", 3);
        assertThat(states()).containsExactly("1 superseded", "2 failed", "3 deployed");
    }

    @Test
    void aKilledInstallStaysPendingAndAnUninstallClearsIt() {
        killedInTheMiddle(upgradeOf("1", 1, 1, 10, slow()));

        assertThat(states()).containsExactly("1 pending-install");
        assertThat(run(HelmCli.uninstall(target, LIMIT, Hooks.SKIP)).ok()).isTrue();
        assertThat(HelmFailure.absent(run(HelmCli.history(target)))).isTrue();
    }

    @Test
    void theOldestRevisionsArePrunedAndTheDeployedOneStays() {
        for (int i = 1; i <= 4; i++) {
            assertThat(run(upgradeOf("" + i, i, i, 3, "")).ok()).isTrue();
        }

        assertThat(states()).containsExactly("2 superseded", "3 superseded", "4 deployed");
    }

    @Test
    void aHelmThatHasLostTheRightToWriteIsStoppedAndChangesNothing() {
        upgrade("1", 1);
        WriteRight lost = () -> Optional.of(new Refusal(Refusal.Kind.LOST, "the Lease is somebody else's"));

        HelmContractTest.assertFailure(
                "UNREACHABLE", () -> runner().run(upgradeOf("2", 2, 2, 10, ""), lost, Pulse.NONE, List.of()));

        assertThat(states()).containsExactly("1 deployed");
    }

    private void upgrade(String tag, long epoch) {
        Finished finished = run(upgradeOf(tag, epoch, (int) epoch, 10, ""));
        assertThat(finished.ok()).as(finished.error()).isTrue();
    }

    private HelmCommand upgradeOf(String tag, long epoch, int revision, int historyMax, String more) {
        String values = "{\"image\":{\"repository\":\"127.0.0.1:5000/sample\",\"tag\":\"" + tag
                + "\",\"digest\":\"sha256:" + "a".repeat(64) + "\"}" + more + "}";
        Chart chart = new Chart(CHART, Values.empty().over(values));
        return HelmCli.upgrade(target, chart, mark(epoch), revision, LIMIT, historyMax);
    }

    private static Mark mark(long epoch) {
        return new Mark("runner contract", "run-1", epoch, "none", "w", OptionalInt.empty());
    }

    final Finished run(HelmCommand command) {
        return runner().run(command, MAY_WRITE, Pulse.NONE, List.of());
    }

    final History history() {
        return new HelmClient(runner(), WriteRight.NONE, Pulse.NONE).history(target);
    }

    private List<String> states() {
        List<String> states = new ArrayList<>();
        history().revisions().forEach(r -> states.add(r.revision() + " " + r.status()));
        return states;
    }

    private String manifest(int revision) {
        return run(HelmCli.manifest(target, revision)).text();
    }

    private String labels(int revision) {
        return run(HelmCli.metadata(target, revision)).text().replace(" ", "");
    }
}
