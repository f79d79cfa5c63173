package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.model.BundleRef;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Deployed;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks, lost answers, failed hooks, failed undos: what a call does about them, on a helm that ends as the test says. */
class HelmTroubleTest {
    private static final HelmTarget TARGET = new HelmTarget(new EnvironmentName("production"), "production", "podinfo");
    private static final Instant LONG_AGO = Instant.now().minus(Duration.ofHours(3));
    private static final String OLD = "kind: ConfigMap\nmetadata: { name: old }\n";

    @TempDir
    Path folder;

    private final TinyHelm helm = new TinyHelm();
    private final UndoLedger ledger = HelmContractTest.ledger("sample", "run-1");
    private int attempt = 1;

    @BeforeEach
    void bundle() throws IOException {
        Files.createDirectories(folder.resolve("chart"));
        Files.writeString(folder.resolve("chart/Chart.yaml"), "name: podinfo\n");
        Files.writeString(folder.resolve("values.yaml"), "a: 1\n");
    }

    @Test
    void aLockThatSomebodyHoldsIsWaitedForAndNamed() {
        helm.kept("deployed", LONG_AGO, OLD).kept("pending-upgrade", Instant.now(), OLD);
        ApplicationFailure failure = failure(() -> activities().observe(TARGET));
        assertThat(failure.getType()).isEqualTo("HELM_LOCKED");
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage())
                .contains("revision 2 (c-1) is pending-upgrade since ")
                .contains("(\"by hand\")")
                .contains("helm rollback podinfo");
        assertThat(helm.changes).isEmpty();
    }

    @Test
    void aLockThatAppearsAfterTheFirstTouchIsNeverTakenFromWhoeverHoldsIt() {
        helm.kept("deployed", LONG_AGO, OLD);
        Permit permit = open();
        helm.kept("pending-upgrade", Instant.now(), OLD);
        assertThat(failure(() -> activities().apply(permit, order())).getType()).isEqualTo("HELM_LOCKED");
        assertThat(helm.changes).isEmpty();
    }

    @Test
    void aStaleLockIsToldAndThenGivenFreeBeforeTheDeployment() {
        helm.kept("deployed", LONG_AGO, OLD).kept("pending-upgrade", LONG_AGO, OLD);
        assertThat(activities().observe(TARGET).remark())
                .hasValueSatisfying(
                        r -> assertThat(r).contains("pending-upgrade").contains("cleared"));

        Deployed deployed = activities().apply(open(), order());
        assertThat(deployed.revision()).isEqualTo(3);
        assertThat(helm.changes).containsExactly("unlock 2", "upgrade");
        assertThat(helm.revisions.get(1).said()).isEqualTo("unlocked from stale 'pending-upgrade' by slipway");
    }

    @Test
    void anOldLockWhoseHookRunsIsHeld() {
        helm.kept("deployed", LONG_AGO, OLD).kept("pending-upgrade", LONG_AGO, OLD);
        helm.hooks.add("Job/podinfo-migrate");
        assertThat(failure(() -> activities().observe(TARGET)).getOriginalMessage())
                .contains("Job/podinfo-migrate");
        assertThat(helm.changes).isEmpty();
    }

    @Test
    void anUpgradeThatWasCutIsTriedAgainOnceItsLockIsGivenFree() {
        helm.kept("deployed", LONG_AGO, OLD).ending("pending-upgrade", "http2: client connection lost");
        Permit permit = open();
        assertThat(failure(() -> activities().apply(permit, order())).getType()).isEqualTo("UNREACHABLE");

        assertThat(activities().apply(permit, order()).revision()).isEqualTo(3);
        assertThat(helm.changes).containsExactly("upgrade", "unlock 2", "upgrade");
    }

    @Test
    void aRunningHookOfOurOwnIsLetFinishBeforeAnythingIsTriedAgain() {
        helm.kept("deployed", LONG_AGO, OLD).ending("pending-upgrade", "connection reset by peer");
        Permit permit = open();
        failure(() -> activities().apply(permit, order()));
        helm.hooks.add("Job/podinfo-migrate");

        assertThat(failure(() -> activities().apply(permit, order())).getOriginalMessage())
                .contains("Job/podinfo-migrate")
                .contains("let finish");
        assertThat(failure(() -> activities().restore(again(), TARGET)).getType())
                .isEqualTo("HELM_LOCKED");
        assertThat(helm.changes).containsExactly("upgrade");
    }

    @Test
    void anUpgradeThatHelmCallsFailedButThatIsThereIsASuccess() {
        helm.kept("deployed", LONG_AGO, OLD).ending("deployed", "http2: client connection lost");
        Deployed deployed = activities().apply(open(), order());
        assertThat(deployed.revision()).isEqualTo(2);
        assertThat(deployed.alreadyThere()).isFalse();
    }

    @Test
    void anAnswerThatWasOvertakenIsLookedAtAgain() {
        helm.kept("deployed", LONG_AGO, OLD).ending("", "release: already exists");
        assertThat(activities().apply(open(), order()).revision()).isEqualTo(2);
        assertThat(helm.changes).containsExactly("upgrade", "upgrade");
    }

    @Test
    void whatNobodyCanExplainIsTriedOnceMoreAndThenFinal() {
        helm.kept("deployed", LONG_AGO, OLD)
                .ending("failed", "the moon is full")
                .ending("failed", "the moon is full");
        Permit permit = open();
        assertThat(failure(() -> activities().apply(permit, order())).isNonRetryable())
                .isFalse();
        attempt = 2;
        assertThat(failure(() -> activities().apply(permit, order())).isNonRetryable())
                .isTrue();
    }

    @Test
    void aFailedHookKeepsTheWordsOfItsPods() {
        helm.kept("deployed", LONG_AGO, OLD).ending("failed", "pre-upgrade hooks failed: job failed");
        helm.hookTrouble = Optional.of("Job/migrate: pod migrate-1 said: no such table");
        ApplicationFailure failure = failure(() -> activities().apply(open(), order()));
        assertThat(failure.getType()).isEqualTo("HOOK_FAILED");
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).endsWith("; Job/migrate: pod migrate-1 said: no such table");
    }

    @Test
    void aPriorRevisionThatWasAlteredIsFoundBeforeAnythingIsChanged() {
        helm.kept("deployed", LONG_AGO, OLD);
        activities().apply(open(), order());
        helm.edit(k -> k.revision() == 1
                ? new TinyHelm.Kept(1, k.at(), k.status(), k.said(), k.labels(), "kind: Altered\n")
                : k);
        ApplicationFailure failure = failure(() -> activities().apply(again(), order()));
        assertThat(failure.getType()).isEqualTo("MISSING");
        assertThat(failure.getOriginalMessage()).contains("is not what it was").contains("nothing was changed");
        assertThat(helm.changes).hasSize(1);
        assertThat(activities().restore(again(), TARGET)).isInstanceOf(UndoResult.Failed.class);
    }

    @Test
    void anUndoRunsNoHooks() {
        helm.kept("deployed", LONG_AGO, OLD);
        activities().apply(open(), order());
        assertThat(activities().restore(again(), TARGET)).isInstanceOf(UndoResult.Restored.class);
        assertThat(helm.changes).containsExactly("upgrade", "rollback --no-hooks");
    }

    @Test
    void anUndoRunsHooksWhenThePipelineSaysSo() {
        helm.kept("deployed", LONG_AGO, OLD);
        activities().apply(open(), order());
        assertThat(activities().restoreWithHooks(again(), TARGET)).isInstanceOf(UndoResult.Restored.class);
        assertThat(helm.changes).containsExactly("upgrade", "rollback");
    }

    @Test
    void aRollbackThatLeftALockIsTriedOnceMoreAfterItIsGivenFree() {
        helm.kept("deployed", LONG_AGO, OLD);
        activities().apply(open(), order());
        helm.ending("pending-rollback", "pre-rollback hooks failed: job failed");
        assertThat(activities().restore(again(), TARGET)).isInstanceOf(UndoResult.Restored.class);
        assertThat(helm.changes).containsExactly("upgrade", "rollback --no-hooks", "unlock 3", "rollback --no-hooks");
    }

    @Test
    void aRollbackThatFailsTellsThePersonWhatToType() {
        helm.kept("deployed", LONG_AGO, OLD);
        activities().apply(open(), order());
        helm.ending("failed", "cannot patch \"x\" with kind Deployment: field is immutable");
        UndoResult result = activities().restore(again(), TARGET);
        assertThat(result).isInstanceOf(UndoResult.Failed.class);
        assertThat(result.detail())
                .contains("field is immutable")
                .contains("by hand: helm rollback podinfo 1 --no-hooks --namespace production");
    }

    @Test
    void whatAFailedFirstInstallationCanTellIsKeptWhenItIsRemoved() {
        helm.ending("failed", "the moon is full");
        failure(() -> activities().apply(open(), order()));
        helm.evidence = Optional.of("pod podinfo-1 app waits: ImagePullBackOff");
        UndoResult result = activities().restore(again(), TARGET);
        assertThat(result).isInstanceOf(UndoResult.Restored.class);
        assertThat(result.detail())
                .contains("before it was removed: revision 1 (c-1) is failed")
                .contains("ImagePullBackOff");
    }

    @Test
    void whatAnUndoLeavesBehindIsNamed() {
        helm.kept("deployed", LONG_AGO, OLD).ending("failed", "the moon is full");
        failure(() -> activities().apply(open(), order()));
        helm.present.addAll(List.of("ConfigMap/new2", "ConfigMap/old"));
        UndoResult result = activities().restore(again(), TARGET);
        assertThat(result).isInstanceOf(UndoResult.Restored.class);
        assertThat(result.detail())
                .contains("has left behind")
                .contains("ConfigMap/new2")
                .doesNotContain("/old");
    }

    private HelmActivities shared;

    private HelmActivities activities() {
        return shared == null ? made() : shared;
    }

    private HelmActivities made() {
        if (shared == null) {
            HelmSettings settings =
                    HelmSettings.of(folder.resolve("helm"), Optional.empty(), folder.resolve("kubeconfig"));
            shared = new HelmActivities(
                    settings,
                    digest -> folder,
                    helm,
                    new EverybodyWrites(),
                    () -> new Pulse() {
                        @Override
                        public void beat(String detail) {}

                        @Override
                        public int attempt() {
                            return attempt;
                        }
                    },
                    helm,
                    Clock.systemUTC());
        }
        return shared;
    }

    private Permit open() {
        return ledger.open(Resource.STABLE, () -> activities().observe(TARGET).prior());
    }

    private Permit again() {
        return ledger.again(Resource.STABLE);
    }

    private static DeployOrder order() {
        return new DeployOrder(
                TARGET,
                new BundleRef(HelmContractTest.BUNDLE, "chart"),
                List.of("values.yaml"),
                HelmContractTest.image("1"),
                Optional.empty(),
                Duration.ofMinutes(1),
                10);
    }

    private static ApplicationFailure failure(Runnable action) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, action::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
