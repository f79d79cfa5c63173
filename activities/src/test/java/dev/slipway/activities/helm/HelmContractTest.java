package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.BundleRef;
import dev.slipway.model.Difference;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Image;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Deployed;
import dev.slipway.workflows.api.DifferenceOrder;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.Stamp;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link Helm} does, the real one and the fake of the workflow tests. */
abstract class HelmContractTest {
    static final Digest BUNDLE = new Digest("sha256:" + "b".repeat(64));

    final HelmTarget target = new HelmTarget(
            new EnvironmentName("development"),
            "development",
            "contract-" + UUID.randomUUID().toString().substring(0, 8));
    final UndoLedger ledger = ledger("run-" + UUID.randomUUID());

    /** What is tested. */
    abstract Helm helm();

    /** Somebody else's {@code helm upgrade --install}. */
    abstract void somebodyDeploys(HelmTarget target, String tag);

    /** Somebody else's {@code helm uninstall}; there may be no release. */
    abstract void somebodyUninstalls(HelmTarget target);

    @AfterEach
    void leaveNothing() {
        somebodyUninstalls(target);
    }

    @Test
    void whatIsNotThereIsAbsent() {
        assertThat(helm().observe(target).prior()).isInstanceOf(PriorState.Absent.class);
    }

    @Test
    void aFirstInstallIsUninstalledByItsUndo() {
        Deployed deployed = helm().apply(open(), order("1"));
        assertThat(deployed.revision()).isEqualTo(1);
        assertThat(deployed.alreadyThere()).isFalse();

        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(helm().observe(target).prior()).isInstanceOf(PriorState.Absent.class);
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.AlreadyThere.class);
    }

    @Test
    void whatWouldChangeIsComparedWithWhatIsDeployedAndLaterWithWhatWas() {
        somebodyDeploys(target, "0.9");
        Difference before = helm().compare(difference(Optional.empty()));
        assertThat(before.objects())
                .anyMatch(object -> object.startsWith("Deployment/" + target.release() + " changed"));
        assertThat(before.digest()).isPresent();
        assertThat(deployed().revision()).as("nothing was touched").isEqualTo(1);

        PriorState prior = deployed();
        helm().apply(open(), order("1"));

        assertThat(helm().compare(difference(Optional.of(prior)))).isEqualTo(before);
        assertThat(helm().compare(difference(Optional.empty())).digest())
                .as("the new version is there")
                .isNotEqualTo(before.digest());
    }

    @Test
    void whereNothingIsDeployedAllIsNew() {
        assertThat(helm().compare(difference(Optional.empty())).from()).isEqualTo(Difference.NOTHING);
        assertThat(helm().compare(difference(Optional.of(new PriorState.Absent())))
                        .from())
                .isEqualTo(Difference.NOTHING);
    }

    private DifferenceOrder difference(Optional<PriorState> prior) {
        DeployOrder order = order("1");
        return new DifferenceOrder(
                ReleaseId.parse("podinfo@1"),
                new Digests(BUNDLE, order.image().digest(), BUNDLE, BUNDLE),
                target,
                order.bundle(),
                order.valuesFiles(),
                order.image(),
                prior);
    }

    @Test
    void doingItTwiceWithOnePermitIsDoingItOnce() {
        Permit permit = open();
        Deployed first = helm().apply(permit, order("1"));
        Deployed second = helm().apply(permit, order("1"));
        assertThat(second).isEqualTo(new Deployed(first.revision(), first.manifest(), true));
    }

    @Test
    void anUndoReturnsToExactlyWhatWasThereWhoeverDeployedIt() {
        somebodyDeploys(target, "0.9");
        PriorState.HelmRevision prior = deployed();
        assertThat(prior.images()).anyMatch(runs("0.9"));

        helm().apply(open(), order("1"));
        assertThat(deployed().manifest()).isNotEqualTo(prior.manifest());

        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.Restored.class);
        assertThat(deployed().manifest()).isEqualTo(prior.manifest());
        assertThat(deployed().images()).isEqualTo(prior.images());
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.AlreadyThere.class);
    }

    @Test
    void anUndoOfWhatWasNeverDoneChangesNothing() {
        somebodyDeploys(target, "0.9");
        Permit permit = open();
        assertThat(helm().restore(permit, target)).isInstanceOf(UndoResult.AlreadyThere.class);
        assertThat(deployed().revision()).isEqualTo(1);
    }

    @Test
    void anUndoLeavesAloneWhatSomebodyElseDeployedMeanwhile() {
        somebodyDeploys(target, "0.9");
        helm().apply(open(), order("1"));
        somebodyDeploys(target, "hotfix");

        UndoResult result = helm().restore(again(), target);
        assertThat(result).isInstanceOf(UndoResult.NotOurs.class);
        assertThat(result.detail()).contains("revision 3");
        assertThat(deployed().images()).anyMatch(runs("hotfix"));
    }

    @Test
    void nothingIsDeployedOverWhatSomebodyElseDeployedAfterTheFirstTouch() {
        somebodyDeploys(target, "0.9");
        Permit permit = open();
        somebodyDeploys(target, "hotfix");
        assertFailure("INTERFERED", () -> helm().apply(permit, order("1")));
        assertThat(deployed().images()).anyMatch(runs("hotfix"));
    }

    @Test
    void aStaleWriterIsFenced() {
        Permit stale = open();
        helm().apply(again(), order("2"));
        assertFailure("FENCED", () -> helm().apply(stale, order("1")));
        assertThat(deployed().images()).anyMatch(runs("2"));
    }

    @Test
    void aDeploymentCanBeTriedAgainAfterAnUndo() {
        somebodyDeploys(target, "0.9");
        helm().apply(open(), order("1"));
        helm().restore(again(), target);
        assertThat(helm().apply(again(), order("1")).alreadyThere()).isFalse();
        assertThat(deployed().images()).anyMatch(runs("1"));
    }

    @Test
    void uninstallingTwiceIsUninstallingOnce() {
        helm().apply(open(), order("1"));
        helm().uninstall(again(), target);
        helm().uninstall(again(), target);
        assertThat(helm().observe(target).prior()).isInstanceOf(PriorState.Absent.class);
    }

    @Test
    void whatSomebodyElseInstalledIsNotUninstalled() {
        Permit permit = open();
        somebodyDeploys(target, "0.9");
        assertFailure("INTERFERED", () -> helm().uninstall(permit, target));
        assertThat(helm().restore(again(), target)).isInstanceOf(UndoResult.NotOurs.class);
        assertThat(deployed().revision()).isEqualTo(1);
    }

    Permit open() {
        return ledger.open(Resource.STABLE, () -> helm().observe(target).prior());
    }

    Permit again() {
        return ledger.again(Resource.STABLE);
    }

    PriorState.HelmRevision deployed() {
        return (PriorState.HelmRevision) helm().observe(target).prior();
    }

    DeployOrder order(String tag) {
        return order(tag, List.of("values.yaml"), Optional.empty());
    }

    DeployOrder order(String tag, List<String> values, Optional<Weight> canary) {
        return new DeployOrder(
                target, new BundleRef(BUNDLE, "chart"), values, image(tag), canary, Duration.ofMinutes(1), 10);
    }

    /** An image with this tag, whatever it is called. */
    static Predicate<String> runs(String tag) {
        return image -> image.matches(".*:" + tag + "(@.*)?");
    }

    static Image image(String tag) {
        return new Image("127.0.0.1:5000/sample", tag, new Digest("sha256:" + "a".repeat(64)), "image");
    }

    /** Of a service of this test's own, because all writers of one service wait for each other. */
    UndoLedger ledger(String run) {
        return ledger(target.release(), run);
    }

    static UndoLedger ledger(String service, String run) {
        return new UndoLedger(
                new Stamp(ReleaseId.parse(service + "@1"), 1, new EnvironmentName("development"), run),
                (priors, epoch) -> {});
    }

    static void assertFailure(String type, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        f -> assertThat(f.getType()).as(f.getOriginalMessage()).isEqualTo(type));
    }
}
