package dev.slipway.activities.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.kubernetes.MockCluster;
import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.Stamp;
import dev.slipway.workflows.undo.UndoLedger;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The right to write, on an API server in memory and a clock that the test moves. */
class WriterLeaseTest {
    private static final String NAMESPACE = "development";
    private static final String NAME = "slipway-podinfo";

    private final MockCluster mock = new MockCluster();
    private final ScriptedPace pace = new ScriptedPace();
    private final List<String> beats = new ArrayList<>();
    private final UndoLedger ledger = ledger("run-1");

    KubernetesClient client() {
        return mock.client();
    }

    @AfterEach
    void close() {
        mock.close();
    }

    @Test
    void aFreeSlotIsTakenAtOnceAndGivenBack() {
        try (WriterLease lease = take(permit(), "apply/1")) {
            assertThat(lease.refusal()).isEmpty();
            assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("run-1/apply/1");
            assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(15);
            assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(1);
        }
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
        try (WriterLease next = take(permit(), "apply/2")) {
            assertThat(next.refusal()).isEmpty();
            assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(2);
        }
        assertThat(beats).isEmpty();
    }

    @Test
    void aWriterThatIsOverMayWriteNoMore() {
        WriterLease lease = take(permit(), "apply/1");
        lease.close();
        assertThat(lease.refusal()).map(Refusal::kind).contains(Refusal.Kind.LOST);
        lease.renew();
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
    }

    @Test
    void aLivingWriterIsWaitedForUntilItGivesBack() {
        WriterLease first = take(permit(), "apply/1");
        for (int second = 1; second < 60; second++) {
            pace.at(second, second % 3 == 0 ? first::renew : () -> {});
        }
        pace.at(60, first::close);
        WriterLease second = take(permit(), "apply/2");
        assertThat(pace.seconds()).isEqualTo(60);
        assertThat(second.refusal()).isEmpty();
        assertThat(beats).hasSize(60).allMatch("waits for run-1/apply/1 to end"::equals);
    }

    @Test
    void aSilentWriterIsTakenOverAfterTheWholeDurationOnOurOwnClock() {
        WriterLease first = take(permit(), "apply/1");
        WriterLease second = take(permit(), "apply/2");
        assertThat(pace.seconds()).isEqualTo(15);
        assertThat(second.refusal()).isEmpty();
        assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(2);

        assertThat(first.refusal()).map(Refusal::kind).contains(Refusal.Kind.NOT_NOW);
        first.renew();
        assertThat(first.refusal()).hasValueSatisfying(r -> {
            assertThat(r.kind()).isEqualTo(Refusal.Kind.LOST);
            assertThat(r.why()).contains("was taken over by run-1/apply/2");
        });
        first.close();
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("run-1/apply/2");
    }

    @Test
    void aFrozenWriterFindsItsRightOverBeforeAnybodyMayTakeOver() {
        WriterLease lease = take(permit(), "apply/1");
        pace.pass(Duration.ofSeconds(9));
        assertThat(lease.refusal()).isEmpty();
        pace.pass(Duration.ofSeconds(1));
        assertThat(lease.refusal()).map(Refusal::kind).contains(Refusal.Kind.NOT_NOW);
    }

    @Test
    void aWriterThatNobodyHasReplacedGoesOn() {
        WriterLease lease = take(permit(), "apply/1");
        pace.pass(Duration.ofMinutes(10));
        assertThat(lease.refusal()).isPresent();
        lease.renew();
        assertThat(lease.refusal()).isEmpty();
    }

    @Test
    void aRenewalCountsFromItsBeginning() {
        WriterLease lease = take(permit(), "apply/1");
        pace.pass(Duration.ofSeconds(5));
        pace.duringTheNextLook(Duration.ofSeconds(8));
        lease.renew();
        pace.pass(Duration.ofSeconds(1));
        assertThat(lease.refusal()).isEmpty();
        pace.pass(Duration.ofSeconds(1));
        assertThat(lease.refusal()).isPresent();
    }

    @Test
    void renewalsThatFailEndTheRightInTime() {
        WriterLease lease = take(permit(), "apply/1");
        client().close();
        pace.pass(Duration.ofSeconds(3));
        lease.renew();
        assertThat(lease.refusal()).isEmpty();
        pace.pass(Duration.ofSeconds(7));
        lease.renew();
        assertThat(lease.refusal()).map(Refusal::kind).contains(Refusal.Kind.NOT_NOW);
    }

    @Test
    void aClaimThatGrowsMeanwhileIsNoTakeover() {
        WriterLease lease = take(permit(), "apply/1");
        new FenceActivities(client()).claim(claim("run-1"));
        pace.pass(Duration.ofSeconds(3));
        lease.renew();
        lease.renew();
        pace.pass(Duration.ofSeconds(8));
        assertThat(lease.refusal()).isEmpty();
        lease.close();
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
        assertThat(lease().getMetadata().getAnnotations()).containsKey("slipway.dev/claim");
    }

    @Test
    void aDeletedLeaseIsALostRight() {
        WriterLease lease = take(permit(), "apply/1");
        client().leases().inNamespace(NAMESPACE).withName(NAME).delete();
        lease.renew();
        assertThat(lease.refusal()).hasValueSatisfying(r -> assertThat(r.why()).contains("was deleted by somebody"));
        assertThat(take(permit(), "apply/2").refusal()).isEmpty();
    }

    @Test
    void theSlotOfAnotherStageIsNotWrittenIn() {
        new FenceActivities(client()).claim(claim("run-2"));
        assertFenced(permit(), "is of podinfo@1 attempt 1 (run run-2)");
    }

    @Test
    void aSlotThatWasGivenFreeIsNotWrittenInByALateCall() {
        Permit late = permit();
        FenceActivities fence = new FenceActivities(client());
        fence.claim(claim("run-1"));
        fence.release(late.stamp(), new HelmTarget(late.stamp().environment(), NAMESPACE, "podinfo"));
        assertFenced(late, "was given free by run run-1");
    }

    @Test
    void anOlderPermitThanTheLastOneOfTheResourceIsStale() {
        Permit older = permit();
        take(permit(), "uninstall/1").close();
        assertFenced(older, "epoch 1 is stale: STABLE was changed under epoch 2");
    }

    @Test
    void theEpochOfTheSlotIsAboveAllThatWereUsed() {
        permit();
        take(permit(), "apply/1").close();
        assertThat(lease().getMetadata().getAnnotations()).containsEntry("slipway.dev/epoch", "2");
    }

    @Test
    void aCancelEndsTheWait() {
        take(permit(), "apply/1");
        assertThatThrownBy(() -> writers().wait(permit(), NAMESPACE, "apply/2", beat -> {
                    throw new ActivityCanceledException();
                }))
                .isInstanceOf(ActivityCanceledException.class);
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("run-1/apply/1");
    }

    private void assertFenced(Permit permit, String why) {
        assertThatThrownBy(() -> take(permit, "late/1")).isInstanceOfSatisfying(ApplicationFailure.class, f -> {
            assertThat(f.getType()).isEqualTo("FENCED");
            assertThat(f.getOriginalMessage()).contains(why);
        });
    }

    private WriterLease take(Permit permit, String call) {
        return writers().wait(permit, NAMESPACE, call, beats::add);
    }

    private LeaseWriters writers() {
        return new LeaseWriters(client(), pace);
    }

    private Permit permit() {
        return ledger.open(Resource.STABLE, PriorState.Absent::new);
    }

    private static UndoLedger ledger(String run) {
        return new UndoLedger(stamp(run), (priors, epoch) -> {});
    }

    private static Stamp stamp(String run) {
        return new Stamp(ReleaseId.parse("podinfo@1"), 1, new EnvironmentName("development"), run);
    }

    private static Claim claim(String run) {
        EnvironmentName name = new EnvironmentName("development");
        return new Claim(
                stamp(run),
                new Environment(name, false, NAMESPACE, Duration.ofMinutes(5), 10, Duration.ofMinutes(10)),
                new HelmTarget(name, NAMESPACE, "podinfo"),
                Optional.empty(),
                Map.of(),
                0);
    }

    private Lease lease() {
        return client().leases().inNamespace(NAMESPACE).withName(NAME).get();
    }
}
