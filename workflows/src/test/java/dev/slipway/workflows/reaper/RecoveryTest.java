package dev.slipway.workflows.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Backend;
import dev.slipway.model.BackendWeight;
import dev.slipway.model.Fact;
import dev.slipway.model.Recovery;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.RecoveryView;
import dev.slipway.workflows.api.RecoveryWorkflow;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class RecoveryTest {
    private static final Said YES = new Said(Plans.CI, "seen");

    private final Scenario slipway = new Scenario("production");

    @BeforeEach
    void running() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    /**
     * A stage that somebody terminates in a ramp. The test server may never skip time again after that (an activity that
     * ran is still counted), so nothing here waits for a timer.
     */
    private ReleaseOrder terminatedInARamp() {
        slipway.watch.then(Verdict.inconclusive("too few requests"));
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 25, 50));
        slipway.awaitPhase(order, "production", "HOLDING");
        slipway.terminateBoth(order, "production");
        return order;
    }

    private ReleaseOrder terminatedInTheSoak() {
        slipway.watch.then(Verdict.inconclusive("too few requests"));
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("production", Plans.soak(Duration.ofHours(1))));
        slipway.awaitPhase(order, "production", "HOLDING");
        slipway.terminateBoth(order, "production");
        return order;
    }

    @Test
    void whatATerminatedStageHasLeftIsPutBackAndTheNextReleaseRuns() {
        terminatedInARamp();
        assertThat(slipway.cluster.weight("production", "podinfo-canary")).isEqualTo(25);
        ReleaseResult refused = slipway.end(slipway.start("3.0.0", Plans.canary("production", List.of(), 50)));
        assertThat(refused.outcome().word()).isEqualTo("REFUSED");
        assertThat(refused.outcome().reason()).contains("slipway recover podinfo --environment production");

        slipway.recover("production", false);
        RecoveryView view = slipway.recovered("production");

        assertThat(view.stage().outcome()).isEqualTo("ROLLED_BACK");
        assertThat(view.release()).isEqualTo(ReleaseId.parse("podinfo@2.0.0"));
        assertThat(view.stage().reason()).contains("the stage of podinfo@2.0.0 attempt 1 was gone", "recovered by ci");
        assertThat(slipway.clusterHistory())
                .endsWith(
                        "production: weight 25",
                        "production: route restored",
                        "production: helm uninstall podinfo-canary");
        assertThat(slipway.cluster.backends("production"))
                .containsExactly(new BackendWeight(new Backend("podinfo", 80), 1));
        assertThat(slipway.cluster.claim("production")).isEmpty();

        ReleaseResult next = slipway.end(slipway.start("4.0.0", Plans.rolling("production")));
        assertThat(next.outcome().word()).isEqualTo("PROMOTED");
    }

    @Test
    void aStageThatWasTerminatedInItsSoakGoesBackToThePriorRevision() {
        terminatedInTheSoak();
        assertThat(slipway.cluster.version("production", "podinfo")).contains("2.0.0");

        slipway.recover("production", false);

        assertThat(slipway.recovered("production").stage().outcome()).isEqualTo("ROLLED_BACK");
        assertThat(slipway.cluster.version("production", "podinfo")).contains("1.0.0");
    }

    @Test
    void aDryRunTellsWhatItWouldDoAndTouchesNothing() {
        terminatedInARamp();
        List<String> before = slipway.clusterHistory();

        slipway.recover("production", true);
        RecoveryView view = slipway.recovered("production");

        assertThat(view.found()).contains("Lease slipway-podinfo: claim of attempt 1 is open");
        assertThat(view.would())
                .containsExactly(
                        "HTTPRoute podinfo back to podinfo:80=1",
                        "helm release podinfo-canary uninstalled, as it was not there");
        assertThat(view.stage().reason()).isEqualTo("dry run, nothing was touched");
        assertThat(slipway.clusterHistory()).isEqualTo(before);
        assertThat(slipway.cluster.claim("production")).isPresent();
    }

    @Test
    void nothingToRecoverIsSaidInASentence() {
        slipway.recover("production", false);

        RecoveryView view = slipway.recovered("production");

        assertThat(view.stage().outcome()).isEqualTo("REFUSED");
        assertThat(view.stage().reason()).startsWith("nothing to recover in podinfo:production");
        assertThat(view.release()).isNull();
    }

    @Test
    void recoveringTwiceIsRecoveringOnce() {
        terminatedInARamp();
        slipway.recover("production", false);
        slipway.recovered("production");
        List<String> after = slipway.clusterHistory();

        slipway.recover("production", false);

        assertThat(slipway.recovered("production").stage().outcome()).isEqualTo("REFUSED");
        assertThat(slipway.clusterHistory()).isEqualTo(after);
    }

    @Test
    void whoAskedForARecoveryAndWhatItPutBackIsOnRecord() {
        terminatedInARamp();

        slipway.recover("production", false);
        RecoveryView view = slipway.recovered("production");

        Recovery recovery = onlyRecovery();
        assertThat(recovery.release()).isEqualTo(view.release());
        assertThat(recovery.attempt()).isEqualTo(1);
        assertThat(recovery.requestedBy()).isEqualTo("ci");
        assertThat(recovery.stage().outcome()).isEqualTo("ROLLED_BACK");
        assertThat(recovery.stage().undo()).hasSize(2);
        assertThat(recovery.endedAt()).isAfterOrEqualTo(recovery.startedAt());
        List<String> facts = slipway.records.facts(recovery.runId());
        assertThat(facts.get(0))
                .isEqualTo("REQUESTED recovery of podinfo@2.0.0 attempt 1 in production requested by ci: terminated");
        assertThat(facts)
                .anyMatch(fact -> fact.startsWith("STOPPED the stage of podinfo@2.0.0 attempt 1 was gone"))
                .anyMatch(fact -> fact.startsWith("PUT_BACK ROUTE RESTORED"))
                .anyMatch(fact -> fact.startsWith("PUT_BACK CANARY RESTORED"));
        assertThat(facts.get(facts.size() - 1)).startsWith("ENDED ROLLED_BACK");
    }

    @Test
    void aRecoveryThatIsStuckIsOnRecordWhileItWaitsForAPerson() {
        terminatedInTheSoak();
        slipway.cluster.failingRestores(1);

        slipway.recover("production", false);

        Scenario.awaitThat(
                "it is known that the recovery is stuck",
                () -> slipway.records.of(Fact.Kind.MOVED).stream()
                        .anyMatch(fact -> fact.what().startsWith("STUCK, waits for retry-undo or accept-as-is")));
        assertThat(onlyRecovery().stage().state()).isEqualTo("STUCK");
        assertThat(onlyRecovery().endedAt()).isNull();
    }

    @Test
    void recordsThatAreAwayHoldNoRecoveryUpAndHearOfItLater() {
        terminatedInARamp();
        slipway.records.away(true);

        RecoveryWorkflow recovery = slipway.recover("production", false);
        Scenario.awaitThat(
                "it is seen to be done", () -> recovery.view().stage().outcome() != null);
        assertThat(slipway.knows("tell:" + recovery.view().stage().runId()))
                .as("nothing keeps the slot from being free by then")
                .isTrue();
        slipway.recovered("production");
        assertThat(slipway.cluster.claim("production")).isEmpty();
        assertThat(slipway.records.recoveries()).isEmpty();

        slipway.records.away(false);
        Scenario.awaitThat(
                "the records have heard of its end",
                () -> !slipway.records.recoveries().isEmpty() && onlyRecovery().endedAt() != null);
        assertThat(slipway.records.facts(onlyRecovery().runId()))
                .first()
                .asString()
                .startsWith("REQUESTED");
    }

    @Test
    void whatTouchesNothingIsNotOnRecord() {
        terminatedInARamp();
        slipway.recover("production", true);
        slipway.recovered("production");
        slipway.cluster.loseClaim("production");
        slipway.recover("production", false);
        assertThat(slipway.recovered("production").stage().outcome()).isEqualTo("REFUSED");

        assertThat(slipway.records.recoveries()).isEmpty();
    }

    private Recovery onlyRecovery() {
        assertThat(slipway.records.recoveries()).hasSize(1);
        return slipway.records.recoveries().get(0);
    }

    @Test
    void aMissingFactIsNamedAndNothingIsTouched() {
        terminatedInARamp();
        slipway.cluster.loseClaim("production");
        List<String> before = slipway.clusterHistory();

        slipway.recover("production", false);
        RecoveryView view = slipway.recovered("production");

        assertThat(view.stage().outcome()).isEqualTo("REFUSED");
        assertThat(view.stage().reason()).contains("what stable was before; by hand: helm");
        assertThat(slipway.clusterHistory()).isEqualTo(before);
    }

    @Test
    void aRecoveryThatIsTerminatedItselfIsRecovered() {
        terminatedInTheSoak();
        slipway.cluster.failingRestores(1);
        RecoveryWorkflow first = slipway.recover("production", false);
        Scenario.awaitThat(
                "the recovery is stuck", () -> first.view().stage().state().equals("STUCK"));
        slipway.terminateSlot("production");

        slipway.recover("production", false);

        assertThat(slipway.recovered("production").stage().outcome()).isEqualTo("ROLLED_BACK");
        assertThat(slipway.cluster.version("production", "podinfo")).contains("1.0.0");
    }

    @Test
    void aStuckRecoveryWaitsForTheSameWordsAsAStage() {
        ReleaseOrder order = terminatedInTheSoak();
        slipway.cluster.failingRestores(2);
        RecoveryWorkflow recovery = slipway.recover("production", false);
        Scenario.awaitThat(
                "the recovery is stuck", () -> recovery.view().stage().state().equals("STUCK"));

        slipway.stage(order, "production").retryUndo(YES);
        Scenario.awaitThat(
                "it was tried again",
                () -> slipway.pager.pages().contains("resolved SlipwayStuck podinfo@2.0.0 production"));
        Scenario.awaitThat(
                "the recovery is stuck again",
                () -> recovery.view().stage().state().equals("STUCK"));
        slipway.stage(order, "production").acceptAsIs(YES);

        RecoveryView view = slipway.recovered("production");
        assertThat(view.stage().outcome()).isEqualTo("LEFT_AS_IS");
        assertThat(view.stage().reason()).contains("STABLE is not back");
        assertThat(slipway.cluster.claim("production")).isEmpty();
    }

    @Test
    void whatSomebodyElseDeployedMeanwhileIsLeftAlone() {
        terminatedInTheSoak();
        slipway.cluster.foreignUpgrade("production", "podinfo", "9.9.9");

        slipway.recover("production", false);

        RecoveryView view = slipway.recovered("production");
        assertThat(view.stage().outcome()).isEqualTo("INTERFERED");
        assertThat(slipway.cluster.version("production", "podinfo")).contains("9.9.9");
    }

    @Test
    void aSlotWithAnOpenStageCannotBeRecovered() {
        slipway.watch.thenNeverEnds();
        slipway.start("2.0.0", Plans.canary("production", List.of(), 25));
        slipway.watch.awaitWatching();

        assertThatThrownBy(() -> slipway.recover("production", false))
                .isInstanceOf(io.temporal.client.WorkflowExecutionAlreadyStarted.class);
        assertThat(Optional.of(slipway.cluster.weight("production", "podinfo-canary")))
                .contains(25);
    }
}
