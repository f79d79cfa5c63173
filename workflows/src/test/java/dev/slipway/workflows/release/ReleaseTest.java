package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.model.Actor;
import dev.slipway.model.Backend;
import dev.slipway.model.BackendWeight;
import dev.slipway.model.Gate;
import dev.slipway.model.Outcome;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import dev.slipway.workflows.stage.StageWorkflowImpl;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.WorkflowReplayer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private static final Actor PERSON = new Actor("approver-1", Set.of("deployers"));
    private final Scenario slipway = new Scenario("development", "staging", "production");

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void takesAGoodVersionThroughRollingStagesAndACanary() {
        slipway.cluster
                .running("development", "podinfo", "1.0.0")
                .running("staging", "podinfo", "1.0.0")
                .running("production", "podinfo", "1.0.0");

        ReleaseOrder order = slipway.start(
                "2.0.0",
                Plans.rolling("development"),
                Plans.rolling("staging", Plans.soak(Duration.ofHours(24))),
                Plans.canary("production", List.of(), 5, 25, 50));
        ReleaseResult result = slipway.end(order);

        assertThat(result.outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.clusterHistory())
                .containsExactly(
                        "development: helm upgrade podinfo 2.0.0",
                        "staging: helm upgrade podinfo 2.0.0",
                        "production: helm upgrade podinfo-canary 2.0.0",
                        "production: weight 0",
                        "production: weight 5",
                        "production: weight 25",
                        "production: weight 50",
                        "production: helm upgrade podinfo 2.0.0",
                        "production: route to stable alone",
                        "production: helm uninstall podinfo-canary");
        assertThat(result.view().phase()).isEqualTo(Phase.DONE);
        assertThat(result.view().stages()).extracting(StageView::outcome).containsOnly("PROMOTED");
    }

    @Test
    void undoesInTheFirstRampWhenErrorsBreak() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.watch.then(order -> {
            WatchOrder.Trip trip = order.trip().orElseThrow();
            slipway.cluster.trip(trip.route(), trip.epoch());
            return new WatchResult.Decided(Verdict.failed("errors: 20% of 60 requests bad"), true);
        });

        ReleaseResult result = slipway.end(slipway.start("2.0.0", Plans.canary("production", List.of(), 5, 25)));

        assertThat(result.outcome().word()).isEqualTo("ROLLED_BACK");
        assertThat(result.outcome().reason()).isEqualTo("ramp 5%: errors: 20% of 60 requests bad");
        assertThat(slipway.clusterHistory())
                .containsExactly(
                        "production: helm upgrade podinfo-canary 2.0.0",
                        "production: weight 0",
                        "production: weight 5",
                        "production: tripped to weight 0",
                        "production: route restored",
                        "production: helm uninstall podinfo-canary");
        assertThat(slipway.cluster.version("production", "podinfo")).contains("1.0.0");
        assertThat(slipway.cluster.backends("production"))
                .containsExactly(new BackendWeight(new Backend("podinfo", 80), 1));
    }

    @Test
    void returnsToThePriorRevisionWhenTheSoakBreaksAfterPromotion() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.watch.then(Verdict.passed()).then(Verdict.failed("errors in hour 30"));

        ReleaseResult result = slipway.end(slipway.start("2.0.0", Plans.canary("production", List.of(), 50)));

        assertThat(result.outcome().word()).isEqualTo("ROLLED_BACK");
        assertThat(slipway.clusterHistory()).endsWith("production: helm rollback podinfo to 1.0.0");
        assertThat(slipway.cluster.version("production", "podinfo")).contains("1.0.0");
        assertThat(slipway.cluster.version("production", "podinfo-canary")).isEmpty();
    }

    @Test
    void uninstallsAFirstEverInstallThatNeverGetsReadyAndKeepsItsReason() {
        slipway.cluster.neverReady("2.0.0");

        ReleaseResult result =
                slipway.end(slipway.start("2.0.0", Plans.rolling("development"), Plans.rolling("staging")));

        assertThat(result.outcome())
                .isEqualTo(new Outcome.RolledBack(
                        Plans.environment("development").name(), "rolling: pod podinfo-1: CrashLoopBackOff: exit 3"));
        assertThat(slipway.cluster.version("development", "podinfo")).isEmpty();
        assertThat(result.view().stages().get(1).state()).isEqualTo("PENDING");
    }

    @Test
    void refusesABrokenChartBeforeAnythingIsTouched() {
        slipway.cluster.rendering(Verdict.failed("the chart renders the HTTPRoute podinfo"));

        ReleaseResult result = slipway.end(slipway.start("2.0.0", Plans.rolling("development")));

        assertThat(result.outcome().word()).isEqualTo("REFUSED");
        assertThat(slipway.clusterHistory()).isEmpty();
    }

    @Test
    void undoesPromotionWhenStableDoesNotBecomeReady() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.watch.then(order -> {
            slipway.cluster.neverReady("2.0.0");
            return new WatchResult.Decided(Verdict.passed(), false);
        });

        ReleaseResult result = slipway.end(slipway.start("2.0.0", Plans.canary("production", List.of(), 50)));

        assertThat(result.outcome().word()).isEqualTo("ROLLED_BACK");
        assertThat(slipway.cluster.version("production", "podinfo")).contains("1.0.0");
        assertThat(slipway.cluster.version("production", "podinfo-canary")).isEmpty();
    }

    @Test
    void runsAsRollingWhenThereIsNothingToStandACanaryBeside() {
        ReleaseResult result = slipway.end(slipway.start("1.0.0", Plans.canary("production", List.of(), 5, 50)));

        assertThat(result.outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.clusterHistory()).containsExactly("production: helm upgrade podinfo 1.0.0");
    }

    @Test
    void retreatsWhenBlindForTooLongAndStartsAgainAtTheFirstRamp() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.watch
                .then(Verdict.passed())
                .then(order -> new WatchResult.Blind("no answer from Prometheus for 10m", state()));

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5, 50));
        StageView holding = slipway.awaitPhase(order, "production", "HOLDING");
        int weightWhileHolding = slipway.cluster.weight("production", "podinfo-canary");
        slipway.stage(order, "production").resume(new Said(PERSON, "Prometheus is back"));
        ReleaseResult result = slipway.end(order);

        assertThat(holding.reason()).contains("no answer from Prometheus");
        assertThat(weightWhileHolding).isZero();
        assertThat(result.outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.clusterHistory())
                .containsSubsequence(
                        "production: weight 5",
                        "production: weight 50",
                        "production: weight 0",
                        "production: weight 5",
                        "production: weight 50");
    }

    @Test
    void holdsAnUndecidedRampForTheBlindBudgetThenRetreats() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.watch.then(Verdict.inconclusive("12 of 50 requests"));

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5));
        slipway.awaitPhase(order, "production", "HOLDING");
        slipway.stage(order, "production").pause(new Said(PERSON, ""));
        slipway.release(order).abort(new Said(PERSON, "enough"));

        assertThat(slipway.end(order).outcome())
                .isEqualTo(new Outcome.Aborted("approver-1", "aborted by approver-1: enough"));
    }

    @Test
    void abortInARampTakesTheTrafficOffAndRemovesTheCanary() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.watch.thenNeverEnds();

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5));
        slipway.watch.awaitWatching();
        slipway.release(order).abort(new Said(PERSON, "wrong version"));
        ReleaseResult result = slipway.end(order);

        assertThat(result.outcome())
                .isEqualTo(new Outcome.Aborted("approver-1", "aborted by approver-1: wrong version"));
        assertThat(slipway.clusterHistory())
                .endsWith("production: route restored", "production: helm uninstall podinfo-canary");
    }

    @Test
    void aCancelInTheTemporalUiUndoesToo() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.watch.thenNeverEnds();

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5));
        slipway.watch.awaitWatching();
        slipway.cancel(order);
        ReleaseView view = slipway.awaitRelease(order, "DONE");

        assertThat(view.outcome()).isEqualTo("ABORTED");
        assertThat(view.stages().get(0).outcome()).isEqualTo("ABORTED");
        assertThat(slipway.clusterHistory())
                .endsWith("production: route restored", "production: helm uninstall podinfo-canary");
    }

    @Test
    void countsOnlyVotesThatMayCount() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        List<Gate> two = List.of(Plans.approve(2));
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", two, 50));
        slipway.awaitPhase(order, "production", "WAITING");
        String gate = "production/approve";
        Decision.Choice yes = Decision.Choice.APPROVE;

        refused(
                order,
                () -> slipway.stage(order, "production").decide(slipway.vote(order, gate, "ci", yes)),
                "ci requested this release and may not decide on it");
        refused(
                order,
                () -> slipway.stage(order, "production")
                        .decide(slipway.signed(slipway.decision(order, gate, new Actor("eve", Set.of("guests")), yes))),
                "eve is not in deployers");
        refused(
                order,
                () -> slipway.stage(order, "production")
                        .decide(new dev.slipway.workflows.api.SignedDecision(
                                slipway.decision(order, gate, PERSON, yes), "k1", "AAAA")),
                "not signed by the starter");
        refused(
                order,
                () -> slipway.stage(order, "production")
                        .decide(slipway.vote(order, "production/other", "approver-1", yes)),
                "the open gate is production/approve");
        slipway.stage(order, "production").decide(slipway.vote(order, gate, "approver-1", yes));
        refused(
                order,
                () -> slipway.stage(order, "production").decide(slipway.vote(order, gate, "approver-1", yes)),
                "one person has one vote");
        slipway.stage(order, "production").decide(slipway.vote(order, gate, "approver-2", yes));

        assertThat(slipway.end(order).outcome()).isEqualTo(new Outcome.Promoted());
    }

    @Test
    void aRejectionBeforeTheRolloutTouchesNothing() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 50));
        slipway.awaitPhase(order, "production", "WAITING");

        slipway.stage(order, "production")
                .decide(slipway.vote(order, "production/approve", "approver-1", Decision.Choice.REJECT));

        ReleaseResult result = slipway.end(order);
        assertThat(result.outcome().word()).isEqualTo("REJECTED");
        assertThat(result.view().stages().get(0).steps())
                .filteredOn(step -> step.kind().equals("approve"))
                .extracting(StepView::verdict, StepView::reason)
                .containsExactly(tuple("FAILED", "0 of 1 approvals from deployers, rejected by approver-1"));
        assertThat(slipway.clusterHistory()).isEmpty();
    }

    @Test
    void expiresWhenNobodyDecides() {
        slipway.cluster.running("production", "podinfo", "1.0.0");

        ReleaseResult result =
                slipway.end(slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 50)));

        assertThat(result.outcome().word()).isEqualTo("EXPIRED");
        assertThat(slipway.clusterHistory()).isEmpty();
    }

    @Test
    void isStuckWhenTheUndoFailsUntilAPersonSaysTryAgain() {
        slipway.cluster
                .running("development", "podinfo", "1.0.0")
                .neverReady("2.0.0")
                .failingRestores(1);

        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development"));
        StageView stuck = slipway.awaitPhase(order, "development", "STUCK");
        slipway.stage(order, "development").retryUndo(new Said(PERSON, "image pushed again"));
        ReleaseResult result = slipway.end(order);

        assertThat(stuck.reason())
                .contains(
                        "STABLE is not back (helm rollback failed: image is gone)", "slipway retry-undo podinfo@2.0.0");
        assertThat(result.outcome().word()).isEqualTo("ROLLED_BACK");
        assertThat(slipway.cluster.version("development", "podinfo")).contains("1.0.0");
    }

    @Test
    void acceptingAsItIsEndsAStuckStage() {
        slipway.cluster
                .running("development", "podinfo", "1.0.0")
                .neverReady("2.0.0")
                .failingRestores(9);

        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development"));
        slipway.awaitPhase(order, "development", "STUCK");
        slipway.stage(order, "development").acceptAsIs(new Said(PERSON, "we go forward"));

        Outcome outcome = slipway.end(order).outcome();
        assertThat(outcome).isInstanceOf(Outcome.LeftAsIs.class);
        assertThat(outcome.reason())
                .startsWith("accepted as it is by " + PERSON + " (we go forward): STABLE is not back");
    }

    @Test
    void aStuckUndoIsTriedAgainFromTheTemporalUiWithAnEmptyInput() {
        slipway.cluster
                .running("development", "podinfo", "1.0.0")
                .neverReady("2.0.0")
                .failingRestores(1);

        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development"));
        slipway.awaitPhase(order, "development", "STUCK");
        slipway.byHand(order, "development", "retryUndo");

        assertThat(slipway.end(order).outcome().word()).isEqualTo("ROLLED_BACK");
    }

    @Test
    void aStuckStageIsAcceptedFromTheTemporalUiWithAnEmptyInput() {
        slipway.cluster
                .running("development", "podinfo", "1.0.0")
                .neverReady("2.0.0")
                .failingRestores(9);

        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development"));
        slipway.awaitPhase(order, "development", "STUCK");
        slipway.byHand(order, "development", "acceptAsIs");

        assertThat(slipway.end(order).outcome())
                .isInstanceOfSatisfying(
                        Outcome.LeftAsIs.class,
                        left -> assertThat(left.by().subject()).isEqualTo("somebody with access to Temporal"));
    }

    @Test
    void leavesAloneWhatSomebodyElseDeployedMeanwhile() {
        slipway.cluster.running("development", "podinfo", "1.0.0");
        slipway.watch.then(order -> {
            slipway.cluster.foreignUpgrade("development", "podinfo", "9.9.9");
            return new WatchResult.Decided(Verdict.failed("errors"), false);
        });

        ReleaseResult result =
                slipway.end(slipway.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(1)))));

        assertThat(result.outcome().word()).isEqualTo("INTERFERED");
        assertThat(slipway.cluster.version("development", "podinfo")).contains("9.9.9");
    }

    @Test
    void aSecondVersionWaitsForTheSlot() {
        slipway.cluster.running("development", "podinfo", "1.0.0");
        slipway.watch.thenNeverEnds();
        ReleaseOrder first = slipway.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(1))));
        slipway.watch.awaitWatching();

        ReleaseOrder second = slipway.start("3.0.0", Plans.rolling("development"));
        String waitsFor = slipway.awaitRelease(second, "QUEUED").waitingFor();
        slipway.release(first).abort(new Said(PERSON, ""));

        assertThat(waitsFor).isEqualTo("slot podinfo:development");
        assertThat(slipway.end(first).outcome().word()).isEqualTo("ABORTED");
        assertThat(slipway.end(second).outcome()).isEqualTo(new Outcome.Promoted());
    }

    @Test
    void anAbortWhileQueuedTouchesNothing() {
        slipway.watch.thenNeverEnds();
        ReleaseOrder first = slipway.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(1))));
        slipway.watch.awaitWatching();
        ReleaseOrder second = slipway.start("3.0.0", Plans.rolling("development"));
        slipway.awaitRelease(second, "QUEUED");

        slipway.release(second).abort(new Said(PERSON, "not today"));
        ReleaseResult result = slipway.end(second);
        slipway.release(first).abort(new Said(PERSON, ""));

        assertThat(result.outcome()).isEqualTo(new Outcome.Aborted("approver-1", "aborted by approver-1: not today"));
        assertThat(slipway.clusterHistory()).noneMatch(line -> line.contains("3.0.0"));
    }

    @Test
    void otherDigestsMayNotAttach() {
        slipway.watch.thenNeverEnds();
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(1))));
        slipway.watch.awaitWatching();

        int attempt = slipway.release(order).attach(order.digests().fingerprint(), false);

        assertThat(attempt).isEqualTo(1);
        refused(order, () -> slipway.release(order).attach(Plans.digest("other"), false), "other digests");
    }

    @Test
    void pausesBeforeTheNextStep() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 50));
        slipway.awaitPhase(order, "production", "WAITING");
        slipway.stage(order, "production").pause(new Said(PERSON, "lunch"));
        slipway.stage(order, "production")
                .decide(slipway.vote(order, "production/approve", "approver-1", Decision.Choice.APPROVE));

        StageView paused = slipway.awaitPhase(order, "production", "PAUSED");
        List<String> meanwhile = slipway.clusterHistory();
        slipway.stage(order, "production").resume(new Said(PERSON, ""));

        assertThat(paused.reason()).isEqualTo("paused by approver-1: lunch");
        assertThat(meanwhile).isEmpty();
        assertThat(slipway.end(order).outcome()).isEqualTo(new Outcome.Promoted());
    }

    @Test
    void aProductionStageStaysSmallAndReplays() throws Exception {
        slipway.cluster.running("production", "podinfo", "1.0.0");

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5, 25, 50));
        slipway.end(order);

        assertThat(slipway.history("podinfo:production").getEvents()).hasSizeLessThan(400);
        WorkflowReplayer.replayWorkflowExecution(slipway.history("podinfo:production"), StageWorkflowImpl.class);
        WorkflowReplayer.replayWorkflowExecution(slipway.history("podinfo@2.0.0"), ReleaseWorkflowImpl.class);
    }

    @Test
    void aSoakCostsTheSameHoweverLongItIs() {
        ReleaseOrder brief = slipway.start("1.0.0", Plans.rolling("development", Plans.soak(Duration.ofMinutes(1))));
        slipway.end(brief);
        long events = eventsBesideTasks("podinfo:development");
        slipway.watch.then(order -> new WatchResult.HandedOver(state())).then(Verdict.passed());

        ReleaseOrder endless = slipway.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(48))));
        slipway.end(endless);

        int oneActivity = 3;
        assertThat(eventsBesideTasks("podinfo:development")).isEqualTo(events + oneActivity);
    }

    /** How many tasks it takes depends on what comes at the same moment. */
    private long eventsBesideTasks(String workflowId) {
        return slipway.history(workflowId).getEvents().stream()
                .filter(event -> !event.getEventType().name().startsWith("EVENT_TYPE_WORKFLOW_TASK_"))
                .count();
    }

    private static void refused(ReleaseOrder order, Runnable update, String sentence) {
        assertThatThrownBy(update::run)
                .as("%s", order.release())
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining(sentence);
    }

    private static WatchState state() {
        return WatchState.begin(Instant.EPOCH).blindSince(Instant.EPOCH);
    }
}
