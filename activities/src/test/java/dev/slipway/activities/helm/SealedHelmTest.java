package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.bundle.Diffs;
import dev.slipway.activities.fence.Writers;
import dev.slipway.activities.seal.Seal;
import dev.slipway.model.BundleRef;
import dev.slipway.model.Digest;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Image;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.undo.Stamp;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The seal is asked before anything else, and by nobody who puts back. */
class SealedHelmTest {
    private static final HelmTarget TARGET = new HelmTarget(new EnvironmentName("production"), "production", "podinfo");
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private static final String OLD = "127.0.0.1:5000/sample:1@sha256:" + "c".repeat(64);

    private final List<String> writes = new ArrayList<>();
    private final List<String> writers = new ArrayList<>();
    private final MemoryHelm memory = new MemoryHelm((target, write) -> writes.add(write));
    private final UndoLedger ledger = new UndoLedger(
            new Stamp(ReleaseId.parse("podinfo@2"), 1, TARGET.environment(), "run"), (priors, epoch) -> {});
    private boolean approved;
    private final HelmActivities helm = helm();

    private HelmActivities helm() {
        Seal seal = (stamp, order) -> {
            if (!approved) {
                throw FailureType.UNAPPROVED.failure("nobody approved " + stamp.release());
            }
        };
        HelmSettings settings = new HelmSettings(
                Path.of("/in/memory"),
                Optional.empty(),
                Path.of("/in/memory"),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60));
        Writers everybody = new EverybodyWrites();
        return new HelmActivities(
                settings,
                digest -> Path.of("src/test/resources").toAbsolutePath(),
                memory,
                (permit, namespace, call, beat) -> {
                    writers.add(call);
                    return everybody.take(permit, namespace, call, beat);
                },
                () -> Pulse.NONE,
                new MemoryHelmCluster(memory),
                Clock.systemUTC(),
                Diffs.NOWHERE,
                seal);
    }

    @Test
    void whatNobodyApprovedTouchesNothing() {
        memory.somebodyDeploys(TARGET, OLD);
        PriorState before = helm.observe(TARGET).prior();
        writes.clear();

        assertThatThrownBy(this::deploy).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo("UNAPPROVED");
            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getOriginalMessage()).isEqualTo("nobody approved podinfo@2");
        });

        assertThat(writes).isEmpty();
        assertThat(writers).as("not even the slot's Lease").isEmpty();
        assertThat(helm.observe(TARGET).prior()).isEqualTo(before);
    }

    @Test
    void puttingBackNeedsNoApproval() {
        memory.somebodyDeploys(TARGET, OLD);
        approved = true;
        deploy();
        approved = false;

        assertThat(helm.restore(ledger.again(Resource.STABLE), TARGET)).isInstanceOf(UndoResult.Restored.class);
    }

    @Test
    void removingNeedsNoApproval() {
        approved = true;
        deploy();
        approved = false;

        helm.uninstall(ledger.again(Resource.STABLE), TARGET);

        assertThat(helm.observe(TARGET).prior()).isInstanceOf(PriorState.Absent.class);
    }

    private void deploy() {
        helm.apply(
                ledger.open(Resource.STABLE, () -> helm.observe(TARGET).prior()),
                new DeployOrder(
                        TARGET,
                        new BundleRef(DIGEST, "chart"),
                        List.of("values.yaml"),
                        new Image("127.0.0.1:5000/sample", "2", DIGEST, "image"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        10));
    }
}
