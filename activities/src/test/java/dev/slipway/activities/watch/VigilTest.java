package dev.slipway.activities.watch;

import static dev.slipway.activities.watch.Lookout.CANARY;
import static dev.slipway.activities.watch.Lookout.ERRORS;
import static dev.slipway.activities.watch.Lookout.LATENCY;
import static dev.slipway.activities.watch.Lookout.QUEUE;
import static dev.slipway.activities.watch.Lookout.STABLE;
import static dev.slipway.activities.watch.Lookout.decided;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Evidence;
import dev.slipway.model.Objective;
import dev.slipway.model.Rule;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.Progress;
import dev.slipway.model.analysis.sequential.Trial;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watches against a Prometheus whose clock moves one second per look, and that scrapes every two. */
class VigilTest {
    private final Lookout lookout = new Lookout();
    private final List<Long> looks = new ArrayList<>();

    @AfterEach
    void close() {
        lookout.close();
    }

    @Test
    void passesARampWithEnoughGoodRequestsAfterItsLeastTime() {
        Verdict verdict = lookout.decided(ramp(100, ERRORS));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(lookout.seconds()).isEqualTo(60);
        assertThat(lookout.trips).isEmpty();
    }

    @Test
    void takesTheTrafficOffBeforeItReportsABreach() {
        lookout.service.errorsPerRequest = 0.2;

        WatchResult result = lookout.watch(ramp(100, ERRORS));

        assertThat(((WatchResult.Decided) result).tripped()).isTrue();
        assertThat(decided(result)).isInstanceOf(Verdict.Failed.class);
        assertThat(decided(result).reason()).isEqualTo("errors: 20 % of 40 with 1 % allowed: 1.2e4 to 1 against");
        assertThat(decided(result).evidence().get(0).link()).contains("app_kubernetes_io_instance=\"llm-canary\"");
        assertThat(lookout.trips).containsExactly("llm at 7: errors: 20 % of 40 with 1 % allowed: 1.2e4 to 1 against");
    }

    @Test
    void aCanaryThatIsWorseThanStableFailsWhereItsObjectiveAloneWouldNotTellYet() {
        lookout.service.errorsPerRequest = 0.02;
        lookout.service.stableErrorsPerRequest = 0.001;

        Verdict verdict = lookout.decided(ramp().beside(STABLE).order());

        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason()).matches("errors: 2 % of [0-9,]+ against 0.0[0-9]+ % of [0-9,]+: .* to 1 against");
        assertThat(lookout.trips).hasSize(1);
    }

    @Test
    void whatHitsBothSidesConvictsNobodyAndIsForAPersonToDecide() {
        lookout.service.errorsPerRequest = 0.1;
        lookout.service.stableErrorsPerRequest = 0.1;

        Verdict verdict = lookout.decided(ramp().beside(STABLE).order());

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.reason()).contains("stable is bad too");
        assertThat(lookout.seconds()).isLessThan(60);
        assertThat(lookout.trips).isEmpty();
    }

    @Test
    void aCanaryWithoutRequestsIsUndecidedHoweverGoodStableIs() {
        lookout.service.requestsPerSecond = 0;

        assertThat(lookout.decided(ramp().beside(STABLE).order()).word()).isEqualTo("INCONCLUSIVE");
    }

    @Test
    void aSoakEarnsNothingWhileThereIsEvidenceAgainstIt() {
        lookout.each =
                () -> lookout.service.errorsPerRequest = lookout.seconds() >= 20 && lookout.seconds() < 24 ? 0.25 : 0;

        Verdict verdict = lookout.decided(soak(100, ERRORS));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(lookout.seconds()).as("one scrape interval longer").isEqualTo(62);
    }

    @Test
    void aSoakDoesNotPassOnALastScrapeThatSpeaksAgainstIt() {
        lookout.lookInterval = ofSeconds(9);
        lookout.each =
                () -> lookout.service.errorsPerRequest = lookout.seconds() >= 58 && lookout.seconds() < 62 ? 0.25 : 0;

        Verdict verdict = lookout.decided(soak(100, ERRORS));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(lookout.seconds())
                .as("the minute is earned at the look before")
                .isEqualTo(72);
    }

    @Test
    void aSoakFailsOnWhatBeginsLate() {
        lookout.each = () -> lookout.service.errorsPerRequest = lookout.seconds() >= 250 ? 0.2 : 0;
        WatchOrder order = Orders.soak(CANARY, ERRORS)
                .atLeast(ofMinutes(20))
                .atMost(ofMinutes(40))
                .order();

        assertThat(lookout.decided(order)).isInstanceOf(Verdict.Failed.class);
        assertThat(lookout.seconds()).isBetween(252L, 270L);
    }

    @Test
    void aThresholdDecidesWhereSomebodyAskedForOne() {
        lookout.service.errorsPerRequest = 0.02;
        Rule row = new Rule.Consecutive(ofSeconds(10), 3, 5);

        Verdict verdict = lookout.decided(ramp().by(row).order());

        assertThat(verdict.reason())
                .isEqualTo("errors: 2 % of 300 with 1 % allowed: 3 of 3 bad looks in a row, 0 of 5 good ones");
    }

    @Test
    void theVerdictCanBeComputedAgainFromWhatComesWithIt() {
        lookout.service.errorsPerRequest = 0.03;
        lookout.each = () -> lookout.prometheus.breakDown(lookout.seconds() >= 10 && lookout.seconds() < 20);

        WatchResult.Decided result =
                (WatchResult.Decided) lookout.watch(ramp().beside(STABLE).order());

        Trial again = result.tape().orElseThrow().replay().get("errors");
        assertThat(again.verdict("errors:").reason()).isEqualTo(result.verdict().reason());
        assertThat(again.failed()).isTrue();
    }

    @Test
    void aStaleWatcherReportsThatItDidNotTrip() {
        lookout.service.errorsPerRequest = 0.2;

        lookout.wire = (route, epoch, reason) -> false;

        assertThat(lookout.watch(ramp(100, ERRORS))).matches(result -> !((WatchResult.Decided) result).tripped());
    }

    @Test
    void aTripThatCannotBeDoneIsReportedAndDoesNotHideTheBreach() {
        lookout.service.errorsPerRequest = 0.2;

        lookout.wire = (route, epoch, reason) -> {
            throw new IllegalStateException("no route to host");
        };

        WatchResult result = lookout.watch(ramp(100, ERRORS));

        assertThat(decided(result)).isInstanceOf(Verdict.Failed.class);
        assertThat(((WatchResult.Decided) result).tripped()).isFalse();
    }

    @Test
    void aCanaryThatGetsOnlyProbesIsInconclusive() {
        lookout.service.requestsPerSecond = 0;

        assertThat(lookout.decided(ramp(100, ERRORS)).reason())
                .isEqualTo("undecided after 5m: errors: 0 of 100 requests");
    }

    @Test
    void noSamplesAreInconclusiveAndNamed() {
        Slo other = new Slo.Ratio("errors", "requests_failed", "requests_all", Objective.parse("99%"));

        Verdict verdict = lookout.decided(ramp(100, other));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.reason())
                .contains("no samples for requests_all{namespace=\"production\","
                        + "app_kubernetes_io_instance=\"llm-canary\"}");
    }

    @Test
    void aTrackThatNobodyScrapesIsInconclusive() {
        lookout.scrapes = false;

        assertThat(lookout.decided(ramp(0)).reason())
                .isEqualTo("undecided after 5m: Prometheus scrapes no pod of llm-canary in production");
    }

    @Test
    void requestsThatAreTooSlowBreakALatencyObjective() {
        lookout.service.slowPerRequest = 0.1;

        Verdict verdict = lookout.decided(ramp(100, LATENCY));

        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason())
                .isEqualTo("latency: slower than 2.5s 10 % of 460 with 5 % allowed: 1,400 to 1 against");
    }

    @Test
    void allBucketsAreAskedForOnlyUntilTheRightOneIsKnown() {
        lookout.watch(ramp(100, LATENCY));

        assertThat(lookout.seconds()).isEqualTo(60);
        assertThat(lookout.prometheus.queries)
                .filteredOn(query -> query.startsWith("seconds_bucket") && !query.contains("le="))
                .as("by the watch, and once more by the round, which does not know yet")
                .hasSize(2);
    }

    @Test
    void aBoundThatIsNoBucketIsInconclusiveAtOnceAndNamesTheBounds() {
        Verdict verdict = lookout.decided(ramp(100, new Slo.Latency("latency", "seconds", 3, Objective.parse("95%"))));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.reason())
                .isEqualTo("latency: below 3s is no bucket of seconds in production; its bounds are 0.5s, 2.5s, 5s");
        assertThat(lookout.seconds()).isLessThan(5);
    }

    @Test
    void aLongQueueHoldsARampAndNeverFailsIt() {
        lookout.service.queue = 25;

        assertThat(lookout.decided(ramp(100, ERRORS, QUEUE)).reason())
                .isEqualTo("undecided after 5m: queue: 25 is out of its limit (at most 20)");
    }

    @Test
    void aSoakEarnsOnlyTheTimeInWhichThePodsAreSeen() {
        lookout.each = () -> lookout.scrapes = lookout.seconds() < 20 || lookout.seconds() > 80;

        Verdict verdict = lookout.decided(soak(100, ERRORS));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(lookout.seconds()).isBetween(108L, 114L);
    }

    @Test
    void aSoakSaysHowFarItIsWhenItWillEndAndWhyTimeDoesNotCount() {
        lookout.each = () -> lookout.scrapes = lookout.seconds() < 20 || lookout.seconds() > 80;
        Instant begin = lookout.prometheus.now();

        lookout.decided(soak(100, ERRORS));

        Progress well = progress(begin.plusSeconds(10));
        assertThat(well.soFar()).isEqualTo(ofSeconds(10));
        assertThat(well.needed()).isEqualTo(ofMinutes(1));
        assertThat(well.expectedEnd()).contains(begin.plusSeconds(60));
        assertThat(well.missing()).containsExactly("seen healthy for 10s of 1m");
        Progress away = progress(begin.plusSeconds(60));
        assertThat(away.expectedEnd()).isEmpty();
        assertThat(away.missing()).contains("no fresh scrape of llm-canary in production");
    }

    /** As told by the last heartbeat before a moment. */
    private Progress progress(Instant moment) {
        return lookout.heartbeats.stream()
                .filter(state -> !state.cursor().plus(Patience.USUAL.settled()).isAfter(moment))
                .reduce((first, second) -> second)
                .flatMap(WatchState::progress)
                .orElseThrow();
    }

    @Test
    void anIdleSoakWithoutSlosIsAClockOfFreshScrapes() {
        lookout.service.requestsPerSecond = 0;

        assertThat(lookout.decided(soak(0))).isInstanceOf(Verdict.Passed.class);
        assertThat(lookout.seconds()).isBetween(60L, 62L);
    }

    @Test
    void whatHappenedInTheWarmUpDoesNotCount() {
        lookout.each = () -> lookout.service.errorsPerRequest = lookout.seconds() < 30 ? 0.5 : 0;

        WatchOrder order = ramp().warmUp(ofSeconds(35)).order();
        assertThat(lookout.decided(order)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void blindnessEndsTheWatchOnlyAfterItsBudgetAndIsNoVerdict() {
        lookout.each = () -> lookout.prometheus.breakDown(lookout.seconds() >= 10);

        WatchResult result = lookout.watch(ramp(100_000, ERRORS));

        assertThat(result).isInstanceOf(WatchResult.Blind.class);
        WatchResult.Blind blind = (WatchResult.Blind) result;
        assertThat(blind.reason()).contains("no usable answer for 60s").contains("503");
        assertThat(blind.state().blindSince()).isEmpty();
        assertThat(blind.state().trials().get("errors").seen().canary().total()).isPositive();
        assertThat(lookout.seconds()).isBetween(69L, 71L);
    }

    @Test
    void aShortOutageLosesNoEvidence() {
        lookout.each = () -> lookout.prometheus.breakDown(lookout.seconds() >= 10 && lookout.seconds() < 50);

        Verdict verdict = lookout.decided(ramp(100, ERRORS));

        assertThat(verdict.reason()).isEqualTo("errors: 0 % of 600 with 1 % allowed: 160 to 1 in favour");
    }

    @Test
    void twoMinutesWithoutPrometheusHoldARampAndLoseNothing() {
        lookout.each = () -> lookout.prometheus.breakDown(lookout.seconds() >= 10 && lookout.seconds() < 130);

        Verdict verdict = lookout.decided(ramp().blindBudget(ofMinutes(10)).order());

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict.reason()).isEqualTo("errors: 0 % of 1,300 with 1 % allowed: 1.2e5 to 1 in favour");
    }

    @Test
    void twoMinutesWithoutPrometheusEarnASoakNothingUntilItSeesThemAfterwards() {
        lookout.each = () -> {
            lookout.prometheus.breakDown(lookout.seconds() >= 10 && lookout.seconds() < 130);
            lookout.scrapes = lookout.seconds() < 10 || lookout.seconds() >= 130;
        };

        WatchOrder order = Orders.soak(CANARY, ERRORS)
                .minRequests(100)
                .blindBudget(ofMinutes(10))
                .order();
        Verdict verdict = lookout.decided(order);

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(lookout.seconds())
                .as("a minute of health and two of blindness")
                .isBetween(165L, 175L);
    }

    @Test
    void aWatchThatWasBlindGoesOnWithTheEvidenceThatItHad() {
        lookout.each = () -> lookout.prometheus.breakDown(lookout.seconds() >= 10 && lookout.seconds() < 75);
        WatchResult.Blind blind = (WatchResult.Blind) lookout.watch(ramp(100, ERRORS));
        lookout.move(ofSeconds(75).minus(lookout.passed()));

        WatchResult result = lookout.keep(ramp(100, ERRORS), Optional.of(blind.state()));

        assertThat(decided(result).reason()).isEqualTo("errors: 0 % of 740 with 1 % allowed: 610 to 1 in favour");
    }

    @Test
    void aWorkerWhoseClockIsWrongSaysSoAndJudgesByPrometheusAlone() {
        lookout.workersClockIsAhead = ofHours(1);
        lookout.service.errorsPerRequest = 0.2;

        Verdict verdict = lookout.decided(ramp(100, ERRORS));

        assertThat(verdict.reason()).isEqualTo("errors: 20 % of 40 with 1 % allowed: 1.2e4 to 1 against");
        assertThat(verdict.evidence())
                .contains(Evidence.of(
                        "clocks",
                        "the clocks of this worker and of Prometheus differ by 3600s; only Prometheus's counts"));
    }

    @Test
    void aWatchThatBeginsBlindCountsFromTheFirstAnswerAndNotByTheWorkersClock() {
        lookout.workersClockIsAhead = ofHours(-1);
        lookout.each = () -> {
            lookout.prometheus.breakDown(lookout.seconds() < 20);
            lookout.service.errorsPerRequest = lookout.seconds() < 20 ? 0.5 : 0;
        };
        lookout.prometheus.breakDown(true);

        Verdict verdict = lookout.decided(ramp(100, ERRORS));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict.reason()).contains("0 % of 600");
    }

    @Test
    void whatSomebodyElseChangedEndsTheWatchAfterASecondLook() {
        compare(() -> lookout.seconds() >= 12 ? Optional.of("image was changed") : Optional.empty());

        WatchResult result = lookout.watch(ramp(100, ERRORS));

        assertThat(result).isEqualTo(new WatchResult.Interfered("image was changed"));
        assertThat(looks).containsExactly(0L, 10L, 20L, 21L);
        assertThat(lookout.trips).isEmpty();
    }

    @Test
    void whatASecondLookDoesNotFindIsNoInterference() {
        compare(() -> lookout.seconds() == 20 ? Optional.of("between two writes") : Optional.empty());

        assertThat(lookout.decided(ramp(100, ERRORS))).isInstanceOf(Verdict.Passed.class);
        assertThat(looks).containsSequence(20L, 21L, 31L);
    }

    @Test
    void anApiServerThatDoesNotAnswerIsNoInterference() {
        compare(() -> {
            throw FailureType.UNREACHABLE.failure("connection refused");
        });

        assertThat(lookout.decided(ramp(100, ERRORS))).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void anApiServerThatHangsMakesTheWatchNeitherBlindNorLate() {
        lookout.comparison = new Comparison(
                () -> Optional.of("never said"), forgotten -> looks.add(lookout.seconds()), Patience.USUAL::compared);
        lookout.service.errorsPerRequest = 0.2;

        assertThat(lookout.decided(ramp(100, ERRORS))).isInstanceOf(Verdict.Failed.class);
        assertThat(lookout.trips).hasSize(1);
        assertThat(looks).containsExactly(0L);
    }

    @Test
    void nothingPassesThatSomebodyElseHasChangedSinceTheLastLook() {
        compare(() -> lookout.seconds() >= 58 ? Optional.of("image was changed") : Optional.empty());

        assertThat(lookout.watch(ramp(100, ERRORS))).isEqualTo(new WatchResult.Interfered("image was changed"));
        assertThat(lookout.seconds()).isLessThan(65);
    }

    @Test
    void interferenceIsSeenWhilePrometheusIsAway() {
        lookout.each = () -> lookout.prometheus.breakDown(lookout.seconds() >= 5);
        compare(() -> lookout.seconds() >= 12 ? Optional.of("image was changed") : Optional.empty());

        assertThat(lookout.watch(ramp(100, ERRORS))).isEqualTo(new WatchResult.Interfered("image was changed"));
    }

    @Test
    void samplesThatArriveAfterALookAreCountedByALaterOne() {
        lookout.prometheus.samplesArriveLate(ofSeconds(3));

        assertThat(lookout.decided(ramp(500, ERRORS))).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void aWorkerThatGoesOnFromAHeartbeatCountsAsIfNothingHadHappened() {
        lookout.each = () -> {
            if (lookout.seconds() == 20) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> lookout.watch(ramp(100_000, ERRORS))).hasMessage("killed");
        lookout.each = () -> {};
        WatchState left = lookout.heartbeats.get(lookout.heartbeats.size() - 1);
        lookout.move(ofSeconds(30));

        WatchResult result = lookout.keep(ramp(100, ERRORS), Optional.of(left));

        assertThat(decided(result).reason()).isEqualTo("errors: 0 % of 600 with 1 % allowed: 160 to 1 in favour");
        assertThat(lookout.seconds()).isEqualTo(60);
    }

    @Test
    void handsOverWhenTheWorkerDrains() {
        lookout.each = () -> {
            if (lookout.seconds() == 20) {
                lookout.drains = true;
            }
        };

        WatchResult result = lookout.watch(ramp(100_000, ERRORS));

        assertThat(result).isInstanceOf(WatchResult.HandedOver.class);
        assertThat(((WatchResult.HandedOver) result).state().cursor())
                .isAfter(lookout.prometheus.now().minusSeconds(10));
        assertThat(lookout.seconds()).isEqualTo(20);
    }

    @Test
    void handsOverAfterTwelveHours() {
        lookout.lookInterval = ofMinutes(10);

        WatchResult result = lookout.watch(Orders.soak(CANARY)
                .atLeast(ofHours(20))
                .atMost(ofHours(48))
                .blindBudget(ofHours(1))
                .order());

        assertThat(result).isInstanceOf(WatchResult.HandedOver.class);
    }

    @Test
    void endsAtOnceWhenItIsCancelled() {
        lookout.each = () -> {
            if (lookout.seconds() == 1) {
                throw new IllegalStateException("cancelled");
            }
        };

        assertThatThrownBy(() -> lookout.watch(ramp(1, ERRORS))).hasMessage("cancelled");
        assertThat(lookout.seconds()).isEqualTo(1);
    }

    @Test
    void aSelectorThatIsNoneIsRefusedBeforeAnythingIsAsked() {
        Slo wrong = new Slo.Ratio("errors", "sum(requests)", "requests", Objective.parse("99%"));

        assertThatThrownBy(() -> lookout.watch(ramp(1, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SLO errors: 'sum(requests)' is no vector selector");
        assertThat(lookout.prometheus.queries).isEmpty();
    }

    /** Looks at once, in the watch's own thread, so that the test knows when. */
    private void compare(Supplier<Optional<String>> look) {
        lookout.comparison = new Comparison(
                () -> {
                    looks.add(lookout.seconds());
                    return look.get();
                },
                Runnable::run,
                Patience.USUAL::compared);
    }

    private static WatchOrder ramp(long minRequests, Slo... slos) {
        return Lookout.ramp(slos).minRequests(minRequests).order();
    }

    private static Orders ramp() {
        return Lookout.ramp(ERRORS);
    }

    private static WatchOrder soak(long minRequests, Slo... slos) {
        return Orders.soak(CANARY, slos).minRequests(minRequests).order();
    }
}
