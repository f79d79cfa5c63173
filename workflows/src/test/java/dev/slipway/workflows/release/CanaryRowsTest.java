package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Actor;
import dev.slipway.model.Backend;
import dev.slipway.model.BackendWeight;
import dev.slipway.model.Gate;
import dev.slipway.model.Outcome;
import dev.slipway.model.StageView;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows C1 to C14 of the failure matrix that are the workflow's to keep. */
class CanaryRowsTest {
    private static final Said STOP = new Said(new Actor("approver-1", Set.of("deployers")), "wrong version");
    private final Scenario slipway = new Scenario("production");

    @BeforeEach
    void something() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anAbortAtAnyWeightTakesTheTrafficOffAndRemovesTheCanary(int rampsBefore) {
        for (int i = 0; i < rampsBefore; i++) {
            slipway.watch.then(Verdict.passed());
        }
        slipway.watch.thenNeverEnds();

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5, 25, 50));
        slipway.watch.awaitWatching();
        aborted(order);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aFailureAtAnyWeightTakesTheTrafficOffAndRemovesTheCanary(int rampsBefore) {
        for (int i = 0; i < rampsBefore; i++) {
            slipway.watch.then(Verdict.passed());
        }
        slipway.watch.then(Verdict.failed("errors"));

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5, 25, 50));

        assertThat(slipway.end(order).outcome().word()).isEqualTo("ROLLED_BACK");
        asBefore();
    }

    @Test
    void aCanaryThatIsNoLongerReadyGetsNoMoreTraffic() {
        slipway.watch.then(order -> {
            slipway.cluster.neverReady("2.0.0");
            return new WatchResult.Decided(Verdict.passed(), false);
        });

        ReleaseResult result = slipway.end(slipway.start("2.0.0", Plans.canary("production", List.of(), 5, 25)));

        assertThat(result.outcome().reason()).isEqualTo("ramp 25%: the canary is not ready, so it gets no traffic");
        assertThat(slipway.clusterHistory()).doesNotContain("production: weight 25");
        asBefore();
    }

    @Test
    void anAbortWinsWhilePaused() {
        slipway.watch.then(Verdict.passed());
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 5, 25));
        slipway.awaitPhase(order, "production", "WAITING");
        slipway.stage(order, "production").pause(STOP);
        slipway.stage(order, "production")
                .decide(slipway.vote(order, "production/approve", "approver-1", Decision.Choice.APPROVE));
        slipway.awaitPhase(order, "production", "PAUSED");

        aborted(order);
    }

    @Test
    void anAbortWinsAtAnApproval() {
        List<Gate> approval = List.of(Plans.approve(1));
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", approval, 5));
        slipway.awaitPhase(order, "production", "WAITING");

        aborted(order);
    }

    @Test
    void anAbortWinsInTheSoakAfterTheFullPromotion() {
        CompletableFuture<ReleaseOrder> started = new CompletableFuture<>();
        CompletableFuture<Optional<String>> promoted = new CompletableFuture<>();
        slipway.watch.then(Verdict.passed()).then(soak -> {
            promoted.complete(slipway.cluster.version("production", "podinfo"));
            slipway.release(started.join()).abort(STOP);
            return new WatchResult.Decided(Verdict.inconclusive("stopped in the middle"), false);
        });

        started.complete(slipway.start("2.0.0", Plans.canary("production", List.of(), 50)));

        assertThat(slipway.end(started.join()).outcome())
                .isEqualTo(new Outcome.Aborted("approver-1", "aborted by approver-1: wrong version"));
        assertThat(promoted).isCompletedWithValue(Optional.of("2.0.0"));
        asBefore();
    }

    @Test
    void anAbortWinsWhileARetreatedCanaryWaits() {
        slipway.watch.then(order -> new WatchResult.Blind("no answer from Prometheus for 10m", state()));
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5));
        slipway.awaitPhase(order, "production", "HOLDING");

        aborted(order);
    }

    @Test
    void trafficStaysOnAReadyCanaryWhenStableIsNotAndAPersonIsCalled() {
        slipway.watch.then(order -> {
            slipway.cluster.neverReady("1.0.0");
            return new WatchResult.Decided(Verdict.failed("errors"), false);
        });

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 50));
        StageView stuck = slipway.awaitPhase(order, "production", "STUCK");
        int weight = slipway.cluster.weight("production", "podinfo-canary");
        slipway.awaitPage("SlipwayStuck podinfo@2.0.0 production");
        slipway.cluster.readyAgain("1.0.0");
        slipway.stage(order, "production").retryUndo(STOP);

        assertThat(stuck.reason()).contains("ROUTE is not back", "slipway retry-undo podinfo@2.0.0");
        assertThat(weight).isEqualTo(100);
        assertThat(slipway.end(order).outcome().word()).isEqualTo("ROLLED_BACK");
        asBefore();
    }

    @Test
    void anUndecidedAnalysisNeverPromotes() {
        slipway.watch.then(Verdict.passed()).then(Verdict.inconclusive("12 of 50 requests"));

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5, 50));
        slipway.awaitPhase(order, "production", "HOLDING");

        assertThat(slipway.cluster.version("production", "podinfo")).contains("1.0.0");
        aborted(order);
    }

    @Test
    void theCanaryGoesOnlyWhenStableIsReadyAndHasAllTheTraffic() {
        ReleaseResult result = slipway.end(slipway.start("2.0.0", Plans.canary("production", List.of(), 50)));

        assertThat(result.outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.clusterHistory())
                .endsWith(
                        "production: helm upgrade podinfo 2.0.0",
                        "production: route to stable alone",
                        "production: helm uninstall podinfo-canary");
    }

    @Test
    void aSoakThatIsBlindForHoursPagesHoldsAndGoesOn() {
        slipway.watch
                .then(Verdict.passed())
                .then(order -> new WatchResult.Blind("no usable answer for 10m", state()))
                .then(order -> new WatchResult.Blind("no usable answer for 10m", state()))
                .then(Verdict.passed());

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 50));

        assertThat(slipway.end(order).outcome()).isEqualTo(new Outcome.Promoted());
        slipway.awaitPage("SlipwayBlind podinfo@2.0.0 production");
        slipway.awaitPage("resolved SlipwayBlind podinfo@2.0.0 production");
        assertThat(slipway.cluster.version("production", "podinfo")).contains("2.0.0");
    }

    private void aborted(ReleaseOrder order) {
        slipway.release(order).abort(STOP);

        assertThat(slipway.end(order).outcome())
                .isEqualTo(new Outcome.Aborted("approver-1", "aborted by approver-1: wrong version"));
        asBefore();
    }

    private void asBefore() {
        assertThat(slipway.cluster.version("production", "podinfo")).contains("1.0.0");
        assertThat(slipway.cluster.version("production", "podinfo-canary")).isEmpty();
        assertThat(slipway.cluster.backends("production"))
                .containsExactly(new BackendWeight(new Backend("podinfo", 80), 1));
    }

    private static WatchState state() {
        return WatchState.begin(Instant.EPOCH).blindSince(Instant.EPOCH);
    }
}
