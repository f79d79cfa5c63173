package dev.slipway.activities.watch;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.Drain;
import dev.slipway.model.Backend;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Objective;
import dev.slipway.model.Rule;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.Progress;
import dev.slipway.model.analysis.sequential.Trial;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watches against a Prometheus whose clock moves one second per look, and that scrapes every two. */
class VigilTest {
    private static final HelmTarget CANARY =
            new HelmTarget(new EnvironmentName("production"), "production", "llm-canary");
    private static final HelmTarget STABLE = new HelmTarget(new EnvironmentName("production"), "production", "llm");
    private static final RouteTarget ROUTE = new RouteTarget(
            CANARY.environment(), "production", "llm", new Backend("llm", 80), new Backend("llm-canary", 80));
    private static final Slo ERRORS =
            new Slo.Ratio("errors", "requests{status=~\"5..\"}", "requests", Objective.parse("99%"));
    private static final Slo LATENCY = new Slo.Latency("latency", "seconds", 2.5, Objective.parse("95%"));
    private static final Slo QUEUE = new Slo.Gauge("queue", "waiting", Slo.Direction.BELOW, 20, Slo.OnBreach.HOLD);
    private static final Patience PATIENCE =
            new Patience(Duration.ZERO, ofSeconds(5), ofSeconds(150), ofMinutes(15), ofSeconds(10), ofHours(12));
    private static final Share.Reach REACH = new Share.Reach(ofSeconds(5), ofMinutes(5));

    private final FakePrometheus prometheus = new FakePrometheus();
    private final Pods pods = new Pods(prometheus);
    private final Drain drain = new Drain();
    private final List<String> trips = new ArrayList<>();
    private final List<WatchState> heartbeats = new ArrayList<>();
    private final List<Integer> looks = new ArrayList<>();
    private Comparison comparison = Comparison.none();
    private Duration workersClockIsAhead = Duration.ZERO;
    private int seconds;
    private Runnable each = () -> {};

    @AfterEach
    void close() {
        prometheus.close();
    }

    @Test
    void passesARampWithEnoughGoodRequestsAfterItsLeastTime() {
        Verdict verdict = decided(watch(ramp(100, ERRORS)));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(seconds).isEqualTo(60);
        assertThat(trips).isEmpty();
    }

    @Test
    void takesTheTrafficOffBeforeItReportsABreach() {
        pods.errorsPerRequest = 0.2;

        WatchResult result = watch(ramp(100, ERRORS));

        assertThat(((WatchResult.Decided) result).tripped()).isTrue();
        assertThat(decided(result)).isInstanceOf(Verdict.Failed.class);
        assertThat(decided(result).reason()).isEqualTo("errors: 20 % of 40 with 1 % allowed: 1.2e4 to 1 against");
        assertThat(decided(result).evidence().get(0).link()).contains("app_kubernetes_io_instance=\"llm-canary\"");
        assertThat(trips).containsExactly("llm at 7: errors: 20 % of 40 with 1 % allowed: 1.2e4 to 1 against");
    }

    @Test
    void aCanaryThatIsWorseThanStableFailsWhereItsObjectiveAloneWouldNotTellYet() {
        pods.errorsPerRequest = 0.02;
        pods.stableErrorsPerRequest = 0.001;

        Verdict verdict = decided(watch(ramp().beside(STABLE).order()));

        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason()).matches("errors: 2 % of [0-9,]+ against 0.0[0-9]+ % of [0-9,]+: .* to 1 against");
        assertThat(trips).hasSize(1);
    }

    @Test
    void whatHitsBothSidesConvictsNobodyAndIsForAPersonToDecide() {
        pods.errorsPerRequest = 0.1;
        pods.stableErrorsPerRequest = 0.1;

        Verdict verdict = decided(watch(ramp().beside(STABLE).order()));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.reason()).contains("stable is bad too");
        assertThat(seconds).isLessThan(60);
        assertThat(trips).isEmpty();
    }

    @Test
    void aCanaryWithoutRequestsIsUndecidedHoweverGoodStableIs() {
        pods.requestsPerSecond = 0;

        assertThat(decided(watch(ramp().beside(STABLE).order())).word()).isEqualTo("INCONCLUSIVE");
    }

    @Test
    void aSoakEarnsNothingWhileThereIsEvidenceAgainstIt() {
        each = () -> pods.errorsPerRequest = seconds >= 20 && seconds < 24 ? 0.25 : 0;

        Verdict verdict = decided(watch(soak(100, ERRORS)));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(seconds).as("one scrape interval longer").isEqualTo(62);
    }

    @Test
    void aSoakFailsOnWhatBeginsLate() {
        each = () -> pods.errorsPerRequest = seconds >= 250 ? 0.2 : 0;
        WatchOrder order = Orders.soak(CANARY, ERRORS)
                .atLeast(ofMinutes(20))
                .atMost(ofMinutes(40))
                .order();

        assertThat(decided(watch(order))).isInstanceOf(Verdict.Failed.class);
        assertThat(seconds).isBetween(252, 270);
    }

    @Test
    void aThresholdDecidesWhereSomebodyAskedForOne() {
        pods.errorsPerRequest = 0.02;
        Rule row = new Rule.Consecutive(ofSeconds(10), 3, 5);

        Verdict verdict = decided(watch(ramp().by(row).order()));

        assertThat(verdict.reason())
                .isEqualTo("errors: 2 % of 300 with 1 % allowed: 3 of 3 bad looks in a row, 0 of 5 good ones");
    }

    @Test
    void theVerdictCanBeComputedAgainFromWhatComesWithIt() {
        pods.errorsPerRequest = 0.03;
        each = () -> prometheus.breakDown(seconds >= 10 && seconds < 20);

        WatchResult.Decided result =
                (WatchResult.Decided) watch(ramp().beside(STABLE).order());

        Trial again = result.tape().orElseThrow().replay().get("errors");
        assertThat(again.verdict("errors:").reason()).isEqualTo(result.verdict().reason());
        assertThat(again.failed()).isTrue();
    }

    @Test
    void aStaleWatcherReportsThatItDidNotTrip() {
        pods.errorsPerRequest = 0.2;

        assertThat(keep(ramp(100, ERRORS), Optional.empty(), (route, epoch, reason) -> false))
                .matches(result -> !((WatchResult.Decided) result).tripped());
    }

    @Test
    void aTripThatCannotBeDoneIsReportedAndDoesNotHideTheBreach() {
        pods.errorsPerRequest = 0.2;

        WatchResult result = keep(ramp(100, ERRORS), Optional.empty(), (route, epoch, reason) -> {
            throw new IllegalStateException("no route to host");
        });

        assertThat(decided(result)).isInstanceOf(Verdict.Failed.class);
        assertThat(((WatchResult.Decided) result).tripped()).isFalse();
    }

    @Test
    void aCanaryThatGetsOnlyProbesIsInconclusive() {
        pods.requestsPerSecond = 0;

        assertThat(decided(watch(ramp(100, ERRORS))).reason())
                .isEqualTo("undecided after 5m: errors: 0 of 100 requests");
    }

    @Test
    void noSamplesAreInconclusiveAndNamed() {
        Slo other = new Slo.Ratio("errors", "requests_failed", "requests_all", Objective.parse("99%"));

        Verdict verdict = decided(watch(ramp(100, other)));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.reason())
                .contains("no samples for requests_all{namespace=\"production\","
                        + "app_kubernetes_io_instance=\"llm-canary\"}");
    }

    @Test
    void aTrackThatNobodyScrapesIsInconclusive() {
        pods.scraped = false;

        assertThat(decided(watch(ramp(0))).reason())
                .isEqualTo("undecided after 5m: Prometheus scrapes no pod of llm-canary in production");
    }

    @Test
    void requestsThatAreTooSlowBreakALatencyObjective() {
        pods.slowPerRequest = 0.1;

        Verdict verdict = decided(watch(ramp(100, LATENCY)));

        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason())
                .isEqualTo("latency: slower than 2.5s 10 % of 460 with 5 % allowed: 1,400 to 1 against");
    }

    @Test
    void allBucketsAreAskedForOnlyUntilTheRightOneIsKnown() {
        watch(ramp(100, LATENCY));

        assertThat(seconds).isEqualTo(60);
        assertThat(prometheus.queries)
                .filteredOn(query -> query.startsWith("seconds_bucket") && !query.contains("le="))
                .as("by the watch, and once more by the round, which does not know yet")
                .hasSize(2);
    }

    @Test
    void aBoundThatIsNoBucketIsInconclusiveAtOnceAndNamesTheBounds() {
        Verdict verdict = decided(watch(ramp(100, new Slo.Latency("latency", "seconds", 3, Objective.parse("95%")))));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.reason())
                .isEqualTo("latency: seconds has no bucket with the bound 3; its bounds are 0.5, 2.5, 5");
        assertThat(seconds).isLessThan(5);
    }

    @Test
    void aLongQueueHoldsARampAndNeverFailsIt() {
        pods.queue = 25;

        assertThat(decided(watch(ramp(100, ERRORS, QUEUE))).reason())
                .isEqualTo("undecided after 5m: queue: 25 is out of its limit (at most 20)");
    }

    @Test
    void aSoakEarnsOnlyTheTimeInWhichThePodsAreSeen() {
        each = () -> pods.scraped = seconds < 20 || seconds > 80;

        Verdict verdict = decided(watch(soak(100, ERRORS)));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(seconds).isBetween(108, 114);
    }

    @Test
    void aSoakSaysHowFarItIsWhenItWillEndAndWhyTimeDoesNotCount() {
        each = () -> pods.scraped = seconds < 20 || seconds > 80;
        Instant begin = prometheus.now();

        decided(watch(soak(100, ERRORS)));

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
        return heartbeats.stream()
                .filter(state -> !state.cursor().plus(PATIENCE.settled()).isAfter(moment))
                .reduce((first, second) -> second)
                .flatMap(WatchState::progress)
                .orElseThrow();
    }

    @Test
    void anIdleSoakWithoutSlosIsAClockOfFreshScrapes() {
        pods.requestsPerSecond = 0;

        assertThat(decided(watch(soak(0)))).isInstanceOf(Verdict.Passed.class);
        assertThat(seconds).isBetween(60, 62);
    }

    @Test
    void whatHappenedInTheWarmUpDoesNotCount() {
        each = () -> pods.errorsPerRequest = seconds < 30 ? 0.5 : 0;

        WatchOrder order = ramp().warmUp(ofSeconds(35)).order();
        assertThat(decided(watch(order))).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void blindnessEndsTheWatchOnlyAfterItsBudgetAndIsNoVerdict() {
        each = () -> prometheus.breakDown(seconds >= 10);

        WatchResult result = watch(ramp(100_000, ERRORS));

        assertThat(result).isInstanceOf(WatchResult.Blind.class);
        WatchResult.Blind blind = (WatchResult.Blind) result;
        assertThat(blind.reason()).contains("no usable answer for 60s").contains("503");
        assertThat(blind.state().blindSince()).isEmpty();
        assertThat(blind.state().trials().get("errors").seen().canary().total()).isPositive();
        assertThat(seconds).isBetween(69, 71);
    }

    @Test
    void aShortOutageLosesNoEvidence() {
        each = () -> prometheus.breakDown(seconds >= 10 && seconds < 50);

        Verdict verdict = decided(watch(ramp(100, ERRORS)));

        assertThat(verdict.reason()).isEqualTo("errors: 0 % of 600 with 1 % allowed: 160 to 1 in favour");
    }

    @Test
    void twoMinutesWithoutPrometheusHoldARampAndLoseNothing() {
        each = () -> prometheus.breakDown(seconds >= 10 && seconds < 130);

        Verdict verdict = decided(watch(ramp().blindBudget(ofMinutes(10)).order()));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict.reason()).isEqualTo("errors: 0 % of 1,300 with 1 % allowed: 1.2e5 to 1 in favour");
    }

    @Test
    void twoMinutesWithoutPrometheusEarnASoakNothingUntilItSeesThemAfterwards() {
        each = () -> {
            prometheus.breakDown(seconds >= 10 && seconds < 130);
            pods.scraped = seconds < 10 || seconds >= 130;
        };

        WatchOrder order = Orders.soak(CANARY, ERRORS)
                .minRequests(100)
                .blindBudget(ofMinutes(10))
                .order();
        Verdict verdict = decided(watch(order));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(seconds).as("a minute of health and two of blindness").isBetween(165, 175);
    }

    @Test
    void aWatchThatWasBlindGoesOnWithTheEvidenceThatItHad() {
        each = () -> prometheus.breakDown(seconds >= 10 && seconds < 75);
        WatchResult.Blind blind = (WatchResult.Blind) watch(ramp(100, ERRORS));
        while (seconds < 75) {
            second();
        }

        WatchResult result = keep(ramp(100, ERRORS), Optional.of(blind.state()), this::trip);

        assertThat(decided(result).reason()).isEqualTo("errors: 0 % of 750 with 1 % allowed: 670 to 1 in favour");
    }

    @Test
    void aWorkerWhoseClockIsWrongSaysSoAndJudgesByPrometheusAlone() {
        workersClockIsAhead = ofHours(1);
        pods.errorsPerRequest = 0.2;

        Verdict verdict = decided(watch(ramp(100, ERRORS)));

        assertThat(verdict.reason()).isEqualTo("errors: 20 % of 40 with 1 % allowed: 1.2e4 to 1 against");
        assertThat(verdict.evidence())
                .contains(Evidence.of(
                        "clocks",
                        "the clocks of this worker and of Prometheus differ by 3600s; only Prometheus's counts"));
    }

    @Test
    void aWatchThatBeginsBlindCountsFromTheFirstAnswerAndNotByTheWorkersClock() {
        workersClockIsAhead = ofHours(-1);
        each = () -> {
            prometheus.breakDown(seconds < 20);
            pods.errorsPerRequest = seconds < 20 ? 0.5 : 0;
        };
        prometheus.breakDown(true);

        Verdict verdict = decided(watch(ramp(100, ERRORS)));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict.reason()).contains("0 % of 600");
    }

    @Test
    void whatSomebodyElseChangedEndsTheWatchAfterASecondLook() {
        compare(() -> seconds >= 12 ? Optional.of("image was changed") : Optional.empty());

        WatchResult result = watch(ramp(100, ERRORS));

        assertThat(result).isEqualTo(new WatchResult.Interfered("image was changed"));
        assertThat(looks).containsExactly(0, 10, 20, 21);
        assertThat(trips).isEmpty();
    }

    @Test
    void whatASecondLookDoesNotFindIsNoInterference() {
        compare(() -> seconds == 20 ? Optional.of("between two writes") : Optional.empty());

        assertThat(decided(watch(ramp(100, ERRORS)))).isInstanceOf(Verdict.Passed.class);
        assertThat(looks).containsSequence(20, 21, 31);
    }

    @Test
    void anApiServerThatDoesNotAnswerIsNoInterference() {
        compare(() -> {
            throw FailureType.UNREACHABLE.failure("connection refused");
        });

        assertThat(decided(watch(ramp(100, ERRORS)))).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void anApiServerThatHangsMakesTheWatchNeitherBlindNorLate() {
        comparison =
                new Comparison(() -> Optional.of("never said"), forgotten -> looks.add(seconds), PATIENCE::compared);
        pods.errorsPerRequest = 0.2;

        assertThat(decided(watch(ramp(100, ERRORS)))).isInstanceOf(Verdict.Failed.class);
        assertThat(trips).hasSize(1);
        assertThat(looks).containsExactly(0);
    }

    @Test
    void nothingPassesThatSomebodyElseHasChangedSinceTheLastLook() {
        compare(() -> seconds >= 58 ? Optional.of("image was changed") : Optional.empty());

        assertThat(watch(ramp(100, ERRORS))).isEqualTo(new WatchResult.Interfered("image was changed"));
        assertThat(seconds).isLessThan(65);
    }

    @Test
    void interferenceIsSeenWhilePrometheusIsAway() {
        each = () -> prometheus.breakDown(seconds >= 5);
        compare(() -> seconds >= 12 ? Optional.of("image was changed") : Optional.empty());

        assertThat(watch(ramp(100, ERRORS))).isEqualTo(new WatchResult.Interfered("image was changed"));
    }

    @Test
    void samplesThatArriveAfterALookAreCountedByALaterOne() {
        prometheus.samplesArriveLate(ofSeconds(3));

        assertThat(decided(watch(ramp(500, ERRORS)))).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void aWorkerThatGoesOnFromAHeartbeatCountsAsIfNothingHadHappened() {
        each = () -> {
            if (seconds == 20) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> watch(ramp(100_000, ERRORS))).hasMessage("killed");
        each = () -> {};
        WatchState left = heartbeats.get(heartbeats.size() - 1);
        for (int i = 0; i < 30; i++) {
            second();
        }

        WatchResult result = keep(ramp(100, ERRORS), Optional.of(left), this::trip);

        assertThat(decided(result).reason()).isEqualTo("errors: 0 % of 600 with 1 % allowed: 160 to 1 in favour");
        assertThat(seconds).isEqualTo(60);
    }

    @Test
    void handsOverWhenTheWorkerDrains() {
        each = () -> {
            if (seconds == 20) {
                drain.request();
            }
        };

        WatchResult result = watch(ramp(100_000, ERRORS));

        assertThat(result).isInstanceOf(WatchResult.HandedOver.class);
        assertThat(((WatchResult.HandedOver) result).state().cursor())
                .isAfter(prometheus.now().minusSeconds(10));
        assertThat(seconds).isEqualTo(20);
    }

    @Test
    void handsOverAfterTwelveHours() {
        each = () -> prometheus.advance(ofMinutes(10));

        WatchResult result = watch(Orders.soak(CANARY)
                .atLeast(ofHours(20))
                .atMost(ofHours(48))
                .blindBudget(ofHours(1))
                .order());

        assertThat(result).isInstanceOf(WatchResult.HandedOver.class);
    }

    @Test
    void endsAtOnceWhenItIsCancelled() {
        each = () -> {
            throw new IllegalStateException("cancelled");
        };

        assertThatThrownBy(() -> watch(ramp(1, ERRORS))).hasMessage("cancelled");
        assertThat(seconds).isEqualTo(1);
    }

    @Test
    void aSelectorThatIsNoneIsRefusedBeforeAnythingIsAsked() {
        Slo wrong = new Slo.Ratio("errors", "sum(requests)", "requests", Objective.parse("99%"));

        assertThatThrownBy(() -> watch(ramp(1, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SLO errors: 'sum(requests)' is no vector selector");
        assertThat(prometheus.queries).isEmpty();
    }

    /** Looks at once, in the watch's own thread, so that the test knows when. */
    private void compare(Supplier<Optional<String>> look) {
        comparison = new Comparison(
                () -> {
                    looks.add(seconds);
                    return look.get();
                },
                Runnable::run,
                PATIENCE::compared);
    }

    private WatchResult watch(WatchOrder order) {
        return keep(order, Optional.empty(), this::trip);
    }

    private WatchResult keep(WatchOrder order, Optional<WatchState> from, TripWire wire) {
        pods.scrape();
        PrometheusClient client = new PrometheusClient(prometheus.uri());
        Seat seat = new Seat(client);
        Vigil vigil = new Vigil(order, from, seat, Optional.empty(), wire, comparison, PATIENCE, new PrometheusClock());
        vigil.announce(seat);
        while (true) {
            seat.take(Round.of(List.of(seat), client, REACH, Runnable::run));
            Optional<WatchResult> end = vigil.step(this::pulse);
            seat.leave();
            if (end.isPresent() || drain.requested()) {
                return end.orElseGet(vigil::handOver);
            }
        }
    }

    private void pulse(WatchState state) {
        heartbeats.add(state);
        if (!looking()) {
            second();
        }
    }

    /** Heartbeats come between the queries of one look too; time goes on only between two looks. */
    private static boolean looking() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(f -> f.getClassName().equals(Observer.class.getName())));
    }

    private void second() {
        prometheus.advance(ofSeconds(1));
        seconds++;
        each.run();
        if (seconds % 2 == 0) {
            pods.scrape();
        }
    }

    private boolean trip(RouteTarget route, long epoch, String reason) {
        trips.add(route.route() + " at " + epoch + ": " + reason);
        return true;
    }

    private static Verdict decided(WatchResult result) {
        assertThat(result).isInstanceOf(WatchResult.Decided.class);
        return ((WatchResult.Decided) result).verdict();
    }

    private static WatchOrder ramp(long minRequests, Slo... slos) {
        return Orders.ramp(CANARY, slos)
                .trip(new WatchOrder.Trip(ROUTE, 7))
                .minRequests(minRequests)
                .order();
    }

    private static Orders ramp() {
        return Orders.ramp(CANARY, ERRORS).trip(new WatchOrder.Trip(ROUTE, 7)).minRequests(100);
    }

    private static WatchOrder soak(long minRequests, Slo... slos) {
        return Orders.soak(CANARY, slos).minRequests(minRequests).order();
    }

    /** The worker's clock, which agrees with Prometheus's. */
    private final class PrometheusClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return prometheus.now().plus(workersClockIsAhead);
        }
    }

    /** One canary pod and one stable pod. */
    private static final class Pods {
        private final FakePrometheus prometheus;
        private double requestsPerSecond = 10;
        private double errorsPerRequest;
        private double stableErrorsPerRequest;
        private double slowPerRequest;
        private double queue = 3;
        private boolean scraped = true;
        private boolean known;
        private Instant last;
        private double good;
        private double bad;
        private double fast;
        private double stableGood;
        private double stableBad;

        private Pods(FakePrometheus prometheus) {
            this.prometheus = prometheus;
            this.last = prometheus.now();
        }

        private void scrape() {
            double requests =
                    requestsPerSecond * Duration.between(last, prometheus.now()).toMillis() / 1000;
            last = prometheus.now();
            bad += requests * errorsPerRequest;
            good += requests * (1 - errorsPerRequest);
            fast += requests * (1 - slowPerRequest);
            if (scraped) {
                pod("llm-canary", whole(good + bad) - whole(bad), whole(bad), whole(fast));
                stable(requests);
                known = true;
            }
        }

        /** Nine times the canary's traffic. */
        private void stable(double requests) {
            stableBad += 9 * requests * stableErrorsPerRequest;
            stableGood += 9 * requests * (1 - stableErrorsPerRequest);
            pod("llm", whole(stableGood + stableBad) - whole(stableBad), whole(stableBad), 0);
        }

        /** Nobody answers half a request; the hair is for sums of tenths. */
        private static double whole(double events) {
            return Math.floor(events + 1e-6);
        }

        private void pod(String track, double good, double bad, double fast) {
            String[] labels = {"namespace", "production", "app_kubernetes_io_instance", track, "pod", track + "-1"};
            prometheus.scrape("up", 1, labels);
            prometheus.scrape("requests", good, with(labels, "status", "200"));
            if (bad > 0 || known) {
                prometheus.scrape("requests", bad, with(labels, "status", "500"));
            }
            prometheus.scrape("seconds_count", good + bad, labels);
            prometheus.scrape("seconds_bucket", fast / 2, with(labels, "le", "0.5"));
            prometheus.scrape("seconds_bucket", fast, with(labels, "le", "2.5"));
            prometheus.scrape("seconds_bucket", good + bad, with(labels, "le", "5.0"));
            prometheus.scrape("seconds_bucket", good + bad, with(labels, "le", "+Inf"));
            prometheus.scrape("waiting", queue, labels);
        }

        private static String[] with(String[] labels, String name, String value) {
            List<String> all = new ArrayList<>(List.of(labels));
            all.add(name);
            all.add(value);
            return all.toArray(String[]::new);
        }
    }
}
