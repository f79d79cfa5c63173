package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Actor;
import dev.slipway.model.Outcome;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.SlotId;
import dev.slipway.model.StagePlan;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.SlotNote;
import dev.slipway.workflows.api.Ticket;
import dev.slipway.workflows.slot.SlotWorkflowImpl;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.testing.WorkflowReplayer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static final Actor PERSON = new Actor("approver-1", Set.of("deployers"));
    private static final String SLOT = "podinfo:development";
    private final Scenario slipway = new Scenario("development", "production");

    @BeforeEach
    void install() {
        slipway.cluster.running("development", "podinfo", "1.0.0");
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void fourWaitersHaveTheirTurnsInTheOrderOfAsking() {
        ReleaseOrder holder = holder("2.0.0");
        List<ReleaseOrder> waiting = List.of(queued("6.0.0"), queued("3.0.0"), queued("5.0.0"), queued("4.0.0"));

        abort(holder);

        waiting.forEach(order -> assertThat(slipway.end(order).outcome()).isEqualTo(new Outcome.Promoted()));
        assertThat(upgrades()).containsExactly("2.0.0", "6.0.0", "3.0.0", "5.0.0", "4.0.0");
    }

    @Test
    void aQueuedReleaseSaysItsPlaceAndWhoIsBeforeIt() {
        ReleaseOrder holder = holder("2.0.0");
        ReleaseOrder first = queued("3.0.0");
        ReleaseOrder second = queued("4.0.0");

        ReleaseView before = awaitReason(second, "2nd in line after podinfo@3.0.0; the slot has podinfo@2.0.0");
        abort(first);
        awaitReason(second, "1st in line after podinfo@2.0.0");
        abort(second);
        abort(holder);

        assertThat(before.waitingFor()).isEqualTo("slot podinfo:development");
        assertThat(slipway.end(second).outcome().word()).isEqualTo("ABORTED");
    }

    @Test
    void waitersKeepTheirOrderWhenNoWorkerRemembersAnything() {
        try (Scenario forgetful = Scenario.withoutMemory("development")) {
            forgetful.watch.thenNeverEnds();
            ReleaseOrder holder =
                    forgetful.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(1))));
            forgetful.watch.awaitWatching();
            ReleaseOrder first = forgetful.start("4.0.0", Plans.rolling("development"));
            forgetful.awaitView(first, "in line", v -> v.reason().contains("in line after"));
            ReleaseOrder second = forgetful.start("3.0.0", Plans.rolling("development"));
            forgetful.awaitView(second, "in line", v -> v.reason().contains("in line after"));

            forgetful.release(holder).abort(new Said(PERSON, ""));

            assertThat(forgetful.end(second).outcome()).isEqualTo(new Outcome.Promoted());
            assertThat(forgetful.clusterHistory())
                    .containsSubsequence(
                            "development: helm upgrade podinfo 4.0.0", "development: helm upgrade podinfo 3.0.0");
        }
    }

    @Test
    void aWaiterThatIsCancelledInTheTemporalUiLeavesAtOnceAndTouchesNothing() {
        ReleaseOrder holder = holder("2.0.0");
        ReleaseOrder cancelled = queued("3.0.0");
        ReleaseOrder next = queued("4.0.0");

        slipway.cancel(cancelled);
        ReleaseView view = slipway.awaitRelease(cancelled, "DONE");
        awaitReason(next, "1st in line after podinfo@2.0.0");
        abort(holder);

        assertThat(view.outcome()).isEqualTo("ABORTED");
        assertThat(slipway.end(next).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(upgrades()).containsExactly("2.0.0", "4.0.0");
    }

    @Test
    void aHolderThatIsTerminatedFreesTheSlotOnceItsStageHasUndone() {
        ReleaseOrder holder = holder("2.0.0");
        ReleaseOrder next = queued("3.0.0");

        slipway.terminate(holder, "development");

        assertThat(slipway.end(next).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.clusterHistory())
                .containsExactly(
                        "development: helm upgrade podinfo 2.0.0",
                        "development: helm rollback podinfo to 1.0.0",
                        "development: helm upgrade podinfo 3.0.0");
    }

    @Test
    void aHolderThatWasTerminatedBeforeAnybodyWaitedHoldsNobodyUp() {
        ReleaseOrder holder = holder("2.0.0");
        slipway.terminate(holder, "development");

        ReleaseResult next = slipway.end(slipway.start("3.0.0", Plans.rolling("development")));

        assertThat(next.outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.cluster.version("development", "podinfo")).contains("3.0.0");
    }

    @Test
    void aReleaseThatIsTerminatedWhileQueuedIsSkipped() {
        ReleaseOrder holder = holder("2.0.0");
        ReleaseOrder gone = queued("3.0.0");
        ReleaseOrder next = queued("4.0.0");

        slipway.terminate(gone.release().toString());
        abort(holder);

        assertThat(slipway.end(next).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(upgrades()).containsExactly("2.0.0", "4.0.0");
    }

    @Test
    void aLineThatIsClosedByForceIsOpenedAgainByThoseWhoStoodInIt() {
        ReleaseOrder holder = holder("2.0.0");
        ReleaseOrder first = queued("3.0.0");
        ReleaseOrder second = queued("4.0.0");

        String run = run("slot:" + SLOT);
        slipway.terminate("slot:" + SLOT);
        Scenario.await("a new line", () -> !run("slot:" + SLOT).equals(run));
        abort(holder);

        assertThat(slipway.end(first).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.end(second).outcome()).isEqualTo(new Outcome.Promoted());
    }

    @Test
    void aSupersedingReleaseRunsNextAfterTheHoldersUndo() {
        ReleaseOrder holder = holder("2.0.0");

        ReleaseOrder next = slipway.startSuperseding("3.0.0", Plans.rolling("development"));

        assertThat(slipway.end(next).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.end(holder).outcome()).isEqualTo(superseded("podinfo@3.0.0"));
        assertThat(slipway.clusterHistory())
                .containsExactly(
                        "development: helm upgrade podinfo 2.0.0",
                        "development: helm rollback podinfo to 1.0.0",
                        "development: helm upgrade podinfo 3.0.0");
    }

    @Test
    void stagesThatASupersededReleaseHasPassedStay() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.watch.thenNeverEnds();
        ReleaseOrder holder = slipway.start(
                "2.0.0", Plans.rolling("development"), Plans.rolling("production", Plans.soak(Duration.ofHours(1))));
        slipway.watch.awaitWatching();

        ReleaseOrder next = slipway.startSuperseding("3.0.0", Plans.rolling("production"));

        assertThat(slipway.end(next).outcome()).isEqualTo(new Outcome.Promoted());
        ReleaseResult ended = slipway.end(holder);
        assertThat(ended.outcome()).isEqualTo(superseded("podinfo@3.0.0"));
        assertThat(ended.view().stages().get(0).outcome()).isEqualTo("PROMOTED");
        assertThat(ended.view().stages().get(1).outcome()).isEqualTo("SUPERSEDED");
        assertThat(slipway.cluster.version("development", "podinfo")).contains("2.0.0");
    }

    @Test
    void whoIsQueuedAheadOfASupersedingReleaseIsSupersededAndTouchesNothing() {
        ReleaseOrder holder = holder("2.0.0");
        ReleaseOrder queued = queued("3.0.0");

        ReleaseOrder next = slipway.startSuperseding("4.0.0", Plans.rolling("development"));

        assertThat(slipway.end(queued).outcome()).isEqualTo(superseded("podinfo@4.0.0"));
        assertThat(slipway.end(holder).outcome()).isEqualTo(superseded("podinfo@4.0.0"));
        assertThat(slipway.end(next).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(upgrades()).containsExactly("2.0.0", "4.0.0");
    }

    @Test
    void theSecondOfTwoSupersedingReleasesSupersedesTheFirst() {
        ReleaseOrder holder = holder("2.0.0");
        StagePlan watched = Plans.rolling("development", Plans.soak(Duration.ofHours(1)));
        slipway.watch.thenNeverEnds();
        ReleaseOrder second = slipway.startSuperseding("3.0.0", watched);
        Scenario.await("the second is in", () -> upgrades().contains("3.0.0"));

        ReleaseOrder third = slipway.startSuperseding("4.0.0", Plans.rolling("development"));

        assertThat(slipway.end(third).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.end(holder).outcome()).isEqualTo(superseded("podinfo@3.0.0"));
        assertThat(slipway.end(second).outcome()).isEqualTo(superseded("podinfo@4.0.0"));
        assertThat(upgrades()).containsExactly("2.0.0", "3.0.0", "4.0.0");
    }

    @Test
    void aQueuedReleaseThatIsSubmittedAgainSupersedingWaitsNoLonger() {
        ReleaseOrder holder = holder("2.0.0");
        ReleaseOrder ahead = queued("3.0.0");
        ReleaseOrder queued = queued("4.0.0");

        slipway.release(queued).attach(queued.digests().fingerprint(), true);

        assertThat(slipway.end(queued).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.end(ahead).outcome()).isEqualTo(superseded("podinfo@4.0.0"));
        assertThat(slipway.end(holder).outcome()).isEqualTo(superseded("podinfo@4.0.0"));
    }

    @Test
    void whoComesAfterASupersedingReleaseWaitsInLine() {
        ReleaseOrder holder = stuckHolder("2.0.0");
        ReleaseOrder superseding = slipway.startSuperseding("3.0.0", Plans.rolling("development"));
        awaitReason(superseding, "1st in line");
        ReleaseOrder last = slipway.start("4.0.0", Plans.rolling("development"));
        awaitReason(last, "2nd in line after podinfo@3.0.0");
        slipway.stage(holder, "development").acceptAsIs(new Said(PERSON, ""));

        assertThat(slipway.end(last).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(upgrades()).containsExactly("2.0.0", "3.0.0", "4.0.0");
    }

    @Test
    void aStuckHolderIsNotSupersededSilentlyAndTheNewOneSaysSo() {
        ReleaseOrder holder = stuckHolder("2.0.0");

        ReleaseOrder next = slipway.startSuperseding("3.0.0", Plans.rolling("development"));
        ReleaseView waiting = awaitReason(next, "which is STUCK");
        slipway.stage(holder, "development").retryUndo(new Said(PERSON, ""));

        assertThat(waiting.reason()).contains("gives way to nobody", "slipway retry-undo podinfo@2.0.0");
        assertThat(slipway.end(holder).outcome().word()).isEqualTo("ROLLED_BACK");
        assertThat(slipway.end(next).outcome()).isEqualTo(new Outcome.Promoted());
    }

    @Test
    void anAbortThatCameFirstStaysTheCauseWhenSomebodySupersedes() {
        ReleaseOrder holder = holder("2.0.0");

        abort(holder);
        ReleaseOrder next = slipway.startSuperseding("3.0.0", Plans.rolling("development"));

        assertThat(slipway.end(holder).outcome()).isEqualTo(new Outcome.Aborted("approver-1", "aborted by approver-1"));
        assertThat(slipway.end(next).outcome()).isEqualTo(new Outcome.Promoted());
    }

    @Test
    void anAbortOfAReleaseThatIsSupersededAlreadyIsRefused() {
        ReleaseOrder holder = stuckHolder("2.0.0");
        slipway.release(holder).slotMoved(new SlotNote.Superseded(slotId(), ReleaseId.parse("podinfo@3.0.0")));

        assertThatThrownBy(() -> abort(holder))
                .isInstanceOf(WorkflowUpdateException.class)
                .rootCause()
                .hasMessageContaining("podinfo@2.0.0 is being superseded already, by podinfo@3.0.0");
    }

    @Test
    void whatTheLineOfAnotherSlotSaysIsIgnored() {
        ReleaseOrder holder = holder("2.0.0");
        slipway.release(holder)
                .slotMoved(
                        new SlotNote.Superseded(SlotId.parse("podinfo:production"), ReleaseId.parse("podinfo@3.0.0")));
        abort(holder);

        assertThat(slipway.end(holder).outcome().word()).isEqualTo("ABORTED");
    }

    @Test
    void aStageThatIsCancelledByItselfLetsTheNextOneInAfterItsUndo() {
        ReleaseOrder holder = holder("2.0.0");
        ReleaseOrder next = queued("3.0.0");

        slipway.client().newUntypedWorkflowStub(SLOT).cancel();

        ReleaseResult ended = slipway.end(holder);
        assertThat(ended.outcome().word()).isEqualTo("ABORTED");
        assertThat(ended.view().reason()).startsWith("the stage in development was cancelled in Temporal");
        assertThat(ended.view().stages().get(0).state()).isEqualTo("DONE");
        assertThat(slipway.end(next).outcome()).isEqualTo(new Outcome.Promoted());
    }

    /** The test server tells no parent that its child was terminated, so the sentence is asked for directly. */
    @Test
    void aStageThatWasTerminatedTellsHowToRecover() {
        String reason = ClosedStage.reason(slotId(), terminated());

        assertThat(reason)
                .startsWith("the stage in development was closed by force in Temporal")
                .endsWith("next: slipway recover podinfo --environment development;"
                        + " runbook: docs/runbooks/SlipwayOrphan.md");
    }

    @Test
    void aSlotThatNobodyElseWantsCostsFewEvents() throws Exception {
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development"));
        slipway.end(order);
        Scenario.await("the line is closed", () -> events("slot:" + SLOT) >= 1 && closed("slot:" + SLOT));

        assertThat(events("slot:" + SLOT)).isLessThanOrEqualTo(9);
        WorkflowReplayer.replayWorkflowExecution(slipway.history("slot:" + SLOT), SlotWorkflowImpl.class);
    }

    @Test
    void aLineWithEverythingInItReplays() throws Exception {
        ReleaseOrder holder = holder("2.0.0");
        ReleaseOrder gone = queued("3.0.0");
        ReleaseOrder queued = queued("4.0.0");
        slipway.terminate(gone.release().toString());
        ReleaseOrder next = slipway.startSuperseding("5.0.0", Plans.rolling("development"));
        slipway.end(next);
        slipway.end(queued);
        slipway.end(holder);
        Scenario.await("the line is closed", () -> closed("slot:" + SLOT));

        WorkflowReplayer.replayWorkflowExecution(slipway.history("slot:" + SLOT), SlotWorkflowImpl.class);
        for (ReleaseOrder order : List.of(holder, queued, next)) {
            WorkflowReplayer.replayWorkflowExecution(
                    slipway.history(order.release().toString()), ReleaseWorkflowImpl.class);
        }
    }

    @Test
    void aLineThatIsNeverEmptyGoesOnInANewRunAndForgetsNobody() {
        ReleaseOrder holder = holder("2.0.0");
        ReleaseOrder next = queued("3.0.0");
        String run = run("slot:" + SLOT);
        Ticket first = slipway.line(SLOT).get(0).ticket();

        for (int i = 0; i < 2_000; i++) {
            slipway.slot(SLOT).stuck(first, "reason " + i);
        }
        Scenario.await("a new run", () -> !run("slot:" + SLOT).equals(run));
        slipway.slot(SLOT).stuck(first, "");
        abort(holder);

        assertThat(slipway.end(next).outcome()).isEqualTo(new Outcome.Promoted());
    }

    private ReleaseOrder holder(String version) {
        slipway.watch.thenNeverEnds();
        ReleaseOrder order = slipway.start(version, Plans.rolling("development", Plans.soak(Duration.ofHours(1))));
        slipway.watch.awaitWatching();
        return order;
    }

    private ReleaseOrder stuckHolder(String version) {
        slipway.cluster.neverReady(version).failingRestores(1);
        ReleaseOrder order = slipway.start(version, Plans.rolling("development"));
        slipway.awaitPhase(order, "development", "STUCK");
        return order;
    }

    private ReleaseOrder queued(String version) {
        ReleaseOrder order = slipway.start(version, Plans.rolling("development"));
        awaitReason(order, "in line after");
        return order;
    }

    private ReleaseView awaitReason(ReleaseOrder order, String words) {
        return slipway.awaitView(order, words, view -> view.reason().contains(words));
    }

    private void abort(ReleaseOrder order) {
        slipway.release(order).abort(new Said(PERSON, ""));
    }

    private List<String> upgrades() {
        String upgrade = "development: helm upgrade podinfo ";
        return slipway.clusterHistory().stream()
                .filter(line -> line.startsWith(upgrade))
                .map(line -> line.substring(upgrade.length()))
                .toList();
    }

    private int events(String workflow) {
        return slipway.history(workflow).getEvents().size();
    }

    private boolean closed(String workflow) {
        return slipway.history(workflow).getLastEvent().hasWorkflowExecutionCompletedEventAttributes();
    }

    private String run(String workflow) {
        return slipway.client()
                .newUntypedWorkflowStub(workflow)
                .describe()
                .getExecution()
                .getRunId();
    }

    private static ChildWorkflowFailure terminated() {
        return new ChildWorkflowFailure(
                1,
                2,
                "Stage",
                WorkflowExecution.getDefaultInstance(),
                "default",
                RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE,
                new TerminatedFailure("by hand", null));
    }

    private static SlotId slotId() {
        return SlotId.parse(SLOT);
    }

    private static Outcome superseded(String by) {
        return new Outcome.Superseded(ReleaseId.parse(by), "superseded by " + by);
    }
}
