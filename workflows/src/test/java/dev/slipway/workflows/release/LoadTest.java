package dev.slipway.workflows.release;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Outcome;
import dev.slipway.model.Resource;
import dev.slipway.model.StagePlan;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.LoadOrder;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final Said STOP = new Said(Plans.CI, "wrong version");
    private static final String FAILS = "the load Job load-test fails: BackoffLimitExceeded";
    private static final String UP = "development: helm upgrade podinfo 2.0.0";
    private static final String BEGUN = "development: load by load-test";
    private static final String ENDED = "development: load ended";
    private static final String BACK = "development: helm rollback podinfo to 1.0.0";

    private final Scenario slipway = new Scenario("development");

    @BeforeEach
    void something() {
        slipway.cluster.running("development", "podinfo", "1.0.0");
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    private static StagePlan stage() {
        return Plans.rolling("development", Plans.loaded(Plans.soak(ofHours(24)), "load-test"));
    }

    /** The next soak ends like this once requests are sent. */
    private void soaks(Function<WatchOrder, WatchResult> ends) {
        slipway.watch.then(order -> {
            slipway.load.awaitJobs();
            return ends.apply(order);
        });
    }

    private void soaks(Verdict verdict) {
        soaks(order -> new WatchResult.Decided(verdict, false));
    }

    private ReleaseOrder soaking() {
        slipway.watch.thenNeverEnds();
        ReleaseOrder order = slipway.start("2.0.0", stage());
        slipway.watch.awaitWatching();
        slipway.load.awaitJobs();
        return order;
    }

    private void undoneAfterTheLoadHadEnded() {
        assertThat(slipway.clusterHistory()).containsExactly(UP, BEGUN, ENDED, BACK);
        assertThat(slipway.load.jobs()).isEmpty();
    }

    @Test
    void beginsWithTheSoakAndIsGoneWhenItHasPassed() {
        soaks(Verdict.passed());

        ReleaseResult result = slipway.end(slipway.start("2.0.0", stage()));

        assertThat(result.outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.clusterHistory()).containsExactly(UP, BEGUN, ENDED);
    }

    @Test
    void isGoneBeforeTheUndoOfASoakThatFailed() {
        soaks(Verdict.failed("errors"));

        ReleaseResult result = slipway.end(slipway.start("2.0.0", stage()));

        assertThat(result.outcome().word()).isEqualTo("ROLLED_BACK");
        undoneAfterTheLoadHadEnded();
    }

    @Test
    void isGoneBeforeTheUndoOfAnAbortedSoak() {
        ReleaseOrder order = soaking();

        slipway.release(order).abort(STOP);

        StageView stage = slipway.end(order).view().stages().get(0);
        assertThat(stage.outcome()).isEqualTo("ABORTED");
        assertThat(stage.undo()).anySatisfy(entry -> {
            assertThat(entry.resource()).isEqualTo(Resource.LOAD);
            assertThat(entry.state()).isEqualTo("RESTORED");
        });
        undoneAfterTheLoadHadEnded();
    }

    @Test
    void isGoneBeforeTheUndoOfACancelledSoak() {
        ReleaseOrder order = soaking();

        slipway.cancel(order);
        slipway.awaitEnd(order);

        undoneAfterTheLoadHadEnded();
    }

    @Test
    void isGoneWhenSomebodyElseHasChangedTheVersionMeanwhile() {
        soaks(order -> new WatchResult.Interfered("Deployment podinfo: image set by hand"));

        ReleaseResult result = slipway.end(slipway.start("2.0.0", stage()));

        assertThat(result.outcome().word()).isEqualTo("INTERFERED");
        assertThat(slipway.clusterHistory()).startsWith(UP, BEGUN, ENDED);
        assertThat(slipway.load.jobs()).isEmpty();
    }

    @Test
    void isOnRecordBeforeItBegins() {
        List<Resource> onRecord = new CopyOnWriteArrayList<>();
        soaks(order -> {
            onRecord.addAll(
                    slipway.cluster.claim("development").orElseThrow().ledger().keySet());
            return new WatchResult.Decided(Verdict.passed(), false);
        });

        slipway.end(slipway.start("2.0.0", stage()));

        assertThat(onRecord).contains(Resource.LOAD);
    }

    @Test
    void anUndecidedSoakSaysThatItsLoadFailsAndHoldsWithoutIt() {
        slipway.load.tells(Optional.of(FAILS));
        soaks(order -> {
            awaitOrders(2);
            return new WatchResult.Decided(Verdict.inconclusive("40 of 10000 requests"), false);
        });
        soaks(Verdict.passed());
        ReleaseOrder order = slipway.start("2.0.0", stage());

        StageView held = slipway.awaitPhase(order, "development", "HOLDING");
        assertThat(held.undo()).as("what is gone is not owed").noneMatch(entry -> entry.resource() == Resource.LOAD);
        assertThat(held.reason()).contains("soak: 40 of 10000 requests; " + FAILS);
        assertThat(slipway.clusterHistory()).containsExactly(UP, BEGUN, ENDED);

        slipway.stage(order, "development").resume(STOP);
        assertThat(slipway.end(order).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.clusterHistory()).containsExactly(UP, BEGUN, ENDED, BEGUN, ENDED);
    }

    @Test
    void aFailingLoadIsToldBesideTheSoak() {
        slipway.load.tells(Optional.of(FAILS));
        ReleaseOrder order = soaking();

        awaitReason(order, FAILS);
        awaitOrders(2);

        assertThat(slipway.load.orders())
                .extracting(LoadOrder::told)
                .containsExactly(Optional.empty(), Optional.of(FAILS));
        slipway.release(order).abort(STOP);
        slipway.end(order);
    }

    @Test
    void aLoadThatWorksAgainIsNoLongerToldAsFailing() {
        slipway.load.tells(Optional.of(FAILS)).tells(Optional.empty());
        ReleaseOrder order = soaking();
        awaitOrders(3);

        awaitReason(order, "");

        assertThat(slipway.load.orders())
                .extracting(LoadOrder::told)
                .containsExactly(Optional.empty(), Optional.of(FAILS), Optional.empty());
        slipway.release(order).abort(STOP);
        slipway.end(order);
    }

    @Test
    void aLoadThatFailsAgainAndAgainIsToldMoreAndMoreSeldomAndCostsFewEvents() {
        // as often as fits into two days
        for (int i = 0; i < 4; i++) {
            slipway.load.tells(i % 2 == 0 ? Optional.of(FAILS) : Optional.empty());
        }
        slipway.watch.then(order -> {
            awaitOrders(5);
            return new WatchResult.HandedOver(state());
        });
        // a watch hands over every twelve hours
        for (int i = 0; i < 3; i++) {
            slipway.watch.then(order -> new WatchResult.HandedOver(state()));
        }
        soaks(Verdict.passed());

        slipway.end(slipway.start("2.0.0", stage()));

        assertThat(slipway.load.orders())
                .extracting(LoadOrder::quiet)
                .containsExactly(ZERO, ofMinutes(2), ofMinutes(32), ofMinutes(512), ofMinutes(8192));
        assertThat(eventsOfTheSoakBesideTasks()).isLessThanOrEqualTo(30);
    }

    @Test
    void aLoadThatNobodyMayKeepAnyMoreIsToldAndTheSoakGoesOn() {
        slipway.load.refused();
        slipway.watch.thenNeverEnds();
        ReleaseOrder order = slipway.start("2.0.0", stage());
        slipway.watch.awaitWatching();

        awaitReason(order, "nobody keeps the load by CronJob load-test up any more: epoch");

        slipway.release(order).abort(STOP);
        slipway.end(order);
    }

    @Test
    void aLoadThatCannotBeEndedIsStuckWhenAllElseIsBack() {
        soaks(Verdict.passed());
        slipway.load.unendable(2);
        ReleaseOrder order = slipway.start("2.0.0", stage());

        StageView stuck = slipway.awaitPhase(order, "development", "STUCK");
        assertThat(stuck.reason()).contains("LOAD is not back (Job load-1 was deleted and is still there)");
        assertThat(slipway.clusterHistory()).containsExactly(UP, BEGUN, BACK);

        slipway.stage(order, "development").retryUndo(STOP);
        assertThat(slipway.end(order).outcome().word()).isEqualTo("ROLLED_BACK");
        assertThat(slipway.load.jobs()).isEmpty();
    }

    @Test
    void aRecoveryEndsTheLoadThatATerminatedStageHasLeft() {
        ReleaseOrder order = soaking();
        slipway.terminateBoth(order, "development");
        assertThat(slipway.load.jobs()).containsExactly("load-test");

        slipway.recover("development", false);

        assertThat(slipway.recovered("development").would())
                .contains("Jobs that send requests deleted, as they were not there");
        undoneAfterTheLoadHadEnded();
    }

    @Test
    void aSoakWithoutOneHasNoneInItsLedger() {
        slipway.end(slipway.start("2.0.0", Plans.rolling("development", Plans.soak(ofHours(24)))));

        assertThat(slipway.load.orders()).isEmpty();
        assertThat(slipway.clusterHistory()).containsExactly(UP);
    }

    private void awaitOrders(int times) {
        Scenario.awaitThat(times + " orders", () -> slipway.load.orders().size() >= times);
    }

    private void awaitReason(ReleaseOrder order, String words) {
        Scenario.awaitThat("the soak says '" + words + "'", () -> {
            StepView soak = slipway.stage(order, "development").view().steps().stream()
                    .filter(step -> step.name().equals("soak"))
                    .findFirst()
                    .orElseThrow();
            return words.isEmpty() ? soak.reason().isEmpty() : soak.reason().contains(words);
        });
    }

    /** From where the load is put on record to where it is gone. */
    /** With its tasks, three events each, it is about twice as many: how many depends on what comes at the same moment. */
    private long eventsOfTheSoakBesideTasks() {
        List<HistoryEvent> history = slipway.history("podinfo:development").getEvents();
        List<Long> ofLoad = history.stream()
                .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                .filter(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName()
                        .startsWith("Load_"))
                .map(HistoryEvent::getEventId)
                .toList();
        return history.stream()
                .filter(event -> event.getEventId() >= ofLoad.get(0)
                        && event.getEventId() <= ofLoad.get(ofLoad.size() - 1)
                        && !event.getEventType().name().startsWith("EVENT_TYPE_WORKFLOW_TASK_"))
                .count();
    }

    private static WatchState state() {
        return WatchState.begin(Instant.EPOCH);
    }
}
