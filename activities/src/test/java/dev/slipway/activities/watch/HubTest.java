package dev.slipway.activities.watch;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.Drain;
import dev.slipway.model.Backend;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class HubTest {
    private static final Patience PATIENCE =
            new Patience(ofMillis(20), ofSeconds(5), ofSeconds(150), ofMinutes(15), ofSeconds(10), ofHours(12));
    private static final RouteTarget ROUTE = new RouteTarget(
            new EnvironmentName("production"),
            "production",
            "llm",
            new Backend("llm", 80),
            new Backend("llm-canary", 80));
    private static final Slo ERRORS =
            new Slo.Ratio("errors", "requests{status=~\"5..\"}", "requests", Objective.parse("99%"));

    private final FakePrometheus prometheus = new FakePrometheus();
    private final PrometheusClient client = new PrometheusClient(prometheus.uri());
    private final Drain drain = new Drain();
    private final Hands hands = new Hands(1);
    private final Hub hub = new Hub(client, drain, PATIENCE, hands);
    private Comparison comparison = Comparison.none();
    private Optional<DirectScrape> direct = Optional.empty();

    @AfterEach
    void close() {
        drain.request();
        prometheus.close();
    }

    @Test
    void reportsHowAWatchEnded() throws Exception {
        FakeReport report = open(over("llm"), wire());

        assertThat(report.result.get()).isInstanceOf(WatchResult.Decided.class);
        assertThat(drain.awaitEnd(ofSeconds(30))).isTrue();
        assertThat(hub.size()).isZero();
    }

    @Test
    void openWatchesAskTogether() throws Exception {
        List<FakeReport> reports = IntStream.range(0, 50)
                .mapToObj(i -> open(endless("s" + i), wire()))
                .toList();
        prometheus.awaitQuery("up\\{namespace=\"production\",app_kubernetes_io_instance=~\"(s\\d+\\|?){50}\"}.*");

        assertThat(reports).noneMatch(report -> report.result.isDone() || report.failure.isDone());
        assertThat(hub.size()).isEqualTo(50);
    }

    @Test
    void handsAllOverWhenTheWorkerDrains() throws Exception {
        List<FakeReport> reports = IntStream.range(0, 50)
                .mapToObj(i -> open(endless("s" + i), wire()))
                .toList();

        drain.request();

        assertThat(drain.awaitEnd(ofSeconds(30))).isTrue();
        assertThat(reports)
                .allSatisfy(
                        report -> assertThat(report.result.getNow(null)).isInstanceOf(WatchResult.HandedOver.class));
    }

    @Test
    void whatBeginsWhileTheWorkerDrainsIsHandedOverWithoutALook() throws Exception {
        drain.request();

        FakeReport report = open(over("llm"), wire());

        assertThat(report.result.get()).isInstanceOf(WatchResult.HandedOver.class);
        assertThat(prometheus.queries).isEmpty();
    }

    @Test
    void aTripThatHangsHoldsUpNoOtherWatch() throws Exception {
        CountDownLatch tripping = new CountDownLatch(1);
        CountDownLatch ever = new CountDownLatch(1);
        FakeReport stuck = open(endless("stuck"), (route, epoch, reason) -> {
            tripping.countDown();
            return awaited(ever);
        });
        FakeReport other = open(endless("other"), wire());
        // from here on both look in the one thread that the hub has for it
        prometheus.awaitQuery("up.*other\\|stuck.*");
        breach("stuck");
        tripping.await();
        breach("other");

        assertThat(((WatchResult.Decided) other.result.get()).tripped()).isTrue();
        assertThat(stuck.result).isNotDone();
        ever.countDown();
        assertThat(((WatchResult.Decided) stuck.result.get()).tripped()).isTrue();
    }

    @Test
    void aWatchThatNobodyWantsAnyMoreIsLeft() throws Exception {
        FakeReport report = open(endless("llm"), wire());
        report.beats.await();

        report.wanted = false;

        assertThat(drain.awaitEnd(ofSeconds(30))).isTrue();
        assertThat(hub.size()).isZero();
        assertThat(report.result).isNotDone();
        assertThat(report.failure).isNotDone();
    }

    @Test
    void aWatchBeatsWhileAQueryHangs() throws Exception {
        prometheus.answers((query, truth) -> new FakePrometheus.Odd(0, "", ""));
        FakeReport report = open(endless("llm"), wire());

        report.beats.await();

        assertThat(prometheus.queries).as("the first one still hangs").hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void heartbeatsThatGetLostEndNoWatch() throws Exception {
        FakeReport report = new FakeReport();
        report.lost = 5;
        open(endless("llm"), wire(), report);

        report.beats.await();
        breach("llm");

        assertThat(report.result.get()).isInstanceOf(WatchResult.Decided.class);
    }

    @Test
    void aResultThatGetsLostIsReportedAgain() throws Exception {
        FakeReport report = new FakeReport();
        report.timeout = ofSeconds(30);
        report.lost = 2;
        open(over("llm"), wire(), report);

        assertThat(report.result.get()).isInstanceOf(WatchResult.Decided.class);
        assertThat(drain.awaitEnd(ofSeconds(30))).isTrue();
    }

    @Test
    void aResultThatNobodyAwaitsAnyMoreIsNotReportedForEver() throws Exception {
        FakeReport report = new FakeReport();
        report.timeout = Duration.ZERO;
        report.lost = 1000;
        open(over("llm"), wire(), report);

        assertThat(drain.awaitEnd(ofSeconds(30))).isTrue();
        assertThat(report.result).isNotDone();
    }

    @Test
    void aWatchThatCannotGoOnSaysSo() throws Exception {
        comparison = new Comparison(
                () -> {
                    throw new AssertionError("never runs");
                },
                never -> {
                    throw new IllegalStateException("no thread for it");
                },
                PATIENCE::compared);

        FakeReport report = open(endless("llm"), wire());

        assertThat(report.failure.get()).hasMessage("no thread for it");
        assertThat(drain.awaitEnd(ofSeconds(30))).isTrue();
    }

    @Test
    void interferenceIsSeenBetweenTwoLooksOfASoak() throws Exception {
        comparison = new Comparison(() -> Optional.of("image was changed"), Runnable::run, PATIENCE::compared);

        FakeReport report = open(soak("llm"), wire());

        assertThat(report.result.get()).isEqualTo(new WatchResult.Interfered("image was changed"));
        assertThat(prometheus.queries).filteredOn("time()"::equals).as("looks").hasSize(1);
    }

    @Test
    void manyWatchesAreComparedLessOften() {
        assertThat(hub.betweenComparisons()).isEqualTo(PATIENCE.compared());

        IntStream.range(0, 200).forEach(i -> open(soak("s" + i), wire()));

        assertThat(hub.betweenComparisons()).isEqualTo(ofSeconds(20));
    }

    @Test
    void whatThePodsSayIsLookedAtBeforeTheNextTick() throws Exception {
        Patience slow =
                new Patience(ofHours(1), ofSeconds(5), ofSeconds(150), ofMinutes(15), ofSeconds(10), ofHours(12));
        try (FakePods pods = new FakePods()) {
            pods.run("llm-0", "llm", "requests 1\n");
            direct = Optional.of(new DirectScrape((namespace, releases) -> pods, ofMillis(20)));
            FakeReport report = open(endless("llm"), wire(), new FakeReport(), new Hub(client, drain, slow, hands));
            prometheus.awaitQuery("time\\(\\)");

            prometheus.advance(ofHours(3));

            assertThat(report.result.get()).isInstanceOf(WatchResult.Decided.class);
        }
    }

    private FakeReport open(Orders order, TripWire wire) {
        return open(order, wire, new FakeReport());
    }

    private FakeReport open(Orders order, TripWire wire, FakeReport report) {
        return open(order, wire, report, hub);
    }

    private FakeReport open(Orders order, TripWire wire, FakeReport report, Hub keeper) {
        Seat seat = new Seat(client);
        Vigil vigil = new Vigil(
                order.order(),
                Optional.of(begun()),
                seat,
                direct,
                new SideWire(wire, hands.tripping),
                comparison,
                PATIENCE,
                Clock.systemUTC());
        keeper.open(new OpenWatch(order.order().track().release(), vigil, seat, report));
        return report;
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** From now on all of its many requests are bad. */
    private void breach(String release) {
        String[] track = {Track.NAMESPACE, "production", Track.INSTANCE, release};
        String[] bad = {Track.NAMESPACE, "production", Track.INSTANCE, release, "status", "500"};
        for (int i = 0; i < 5; i++) {
            prometheus.scrape("up", 1, track);
            prometheus.scrape("requests", 100_000 * i, bad);
            prometheus.advance(ofSeconds(2));
        }
    }

    private WatchState begun() {
        return WatchState.begin(prometheus.now().minusSeconds(1)).at(prometheus.now());
    }

    private static Orders endless(String release) {
        return Orders.ramp(of(release), ERRORS)
                .atLeast(ofHours(1))
                .atMost(ofHours(2))
                .trip(new WatchOrder.Trip(ROUTE, 7));
    }

    private static Orders soak(String release) {
        return Orders.soak(of(release), ERRORS).atLeast(ofHours(1)).atMost(ofHours(2));
    }

    /** Undecided at its first look, which is the last one. */
    private static Orders over(String release) {
        return Orders.ramp(of(release), ERRORS).atLeast(ofSeconds(1)).atMost(ofSeconds(1));
    }

    private static HelmTarget of(String release) {
        return new HelmTarget(new EnvironmentName("production"), "production", release);
    }

    private static TripWire wire() {
        return (route, epoch, reason) -> true;
    }
}
