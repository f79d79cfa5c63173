package dev.slipway.activities.watch;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import dev.slipway.model.analysis.sequential.AgainstStable;
import dev.slipway.model.analysis.sequential.Cumulative;
import dev.slipway.model.analysis.sequential.Events;
import dev.slipway.model.analysis.sequential.Scrape;
import dev.slipway.model.analysis.sequential.Tape;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final Instant T = Instant.parse("2026-11-21T09:00:00Z");
    private static final Slo ERRORS = new Slo.Ratio("errors", "bad", "total", Objective.parse("99%"));
    private static final Slo QUEUE = new Slo.Gauge("queue", "waiting", Slo.Direction.BELOW, 20, Slo.OnBreach.HOLD);
    private static final Fold FOLD = fold(order(Duration.ZERO));

    @Test
    void countsAndHealthDoNotDependOnWhenOneLooks() {
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            Look all = look(300, random.nextLong());
            WatchState once = now(begin(), all);
            WatchState often = begin();
            for (int second = random.nextInt(9); second < 300; second += 1 + random.nextInt(40)) {
                often = settled(often, all, at(second));
            }
            often = now(often, all);

            assertThat(often.healthy()).isEqualTo(once.healthy());
            assertThat(often.firstRequest()).isEqualTo(once.firstRequest());
            assertThat(often.trials()).isEqualTo(once.trials());
            WatchState.Counts a = often.counts().get("queue");
            WatchState.Counts b = once.counts().get("queue");
            assertThat(a.bad()).isCloseTo(b.bad(), within(1e-6));
            assertThat(a.total()).isCloseTo(b.total(), within(1e-6));
            assertThat(Double.valueOf(a.worst())).isEqualTo(Double.valueOf(b.worst()));
        }
    }

    @Test
    void whatIsCountedForGoodDoesNotDependOnHowFarTheLookReaches() {
        Random random = new Random(12);
        for (int i = 0; i < 200; i++) {
            Look far = look(300, random.nextLong());
            Instant arrived = at(random.nextInt(300));
            Look near = new Look(arrived.plusSeconds(random.nextInt(20)), far.up(), far.readings());

            assertThat(settled(begin(), near, arrived)).isEqualTo(settled(begin(), far, arrived));
        }
    }

    @Test
    void theTapeOfWhatIsJudgedTellsWhatItsTrialsWereGiven() {
        Random random = new Random(13);
        for (int i = 0; i < 50; i++) {
            Look all = look(300, random.nextLong());
            WatchState before = settled(begin(), all, at(random.nextInt(300)));

            Folded folded = FOLD.of(before, all, at(random.nextInt(300)));

            assertThat(folded.settled().tape().map(Tape::replay).orElse(before.trials()))
                    .isEqualTo(folded.settled().trials());
            assertThat(folded.tape().get().orElseThrow().replay())
                    .isEqualTo(folded.now().trials());
        }
    }

    @Test
    void foldingTheSameSamplesAgainChangesNothing() {
        Look look = look(60, 5);
        WatchState once = settled(begin(), look, at(60));

        assertThat(settled(once, look, at(60))).isEqualTo(once);
        assertThat(settled(once, look, at(30))).isEqualTo(once);
    }

    @Test
    void whatFillsNoCellIsJudgedButNotCountedForGood() {
        Look look = look(60, 5);
        Duration cell = look.scrapeInterval();

        WatchState settled = settled(begin(), look, at(59));

        assertThat(Duration.between(T, settled.cursor()).toMillis() % cell.toMillis())
                .isZero();
        assertThat(settled.cursor()).isAfter(at(59).minus(cell));
        assertThat(now(begin(), look).cursor()).isEqualTo(at(60));
    }

    @Test
    void whatStableDidBeforeIsLearntAndIsNoEvidence() {
        Lesson beside = new Lesson(new Docket(
                Orders.ramp(new HelmTarget(new EnvironmentName("production"), "production", "llm-canary"), ERRORS)
                        .beside(new HelmTarget(new EnvironmentName("production"), "production", "llm"))
                        .order()));

        AgainstStable calm = (AgainstStable) beside.learnt(begin(), stable(second -> second % 50 == 0 ? 1 : 0))
                .trials()
                .get("errors");
        AgainstStable fits = (AgainstStable) beside.learnt(begin(), stable(second -> second % 100 < 4 ? 20 : 0))
                .trials()
                .get("errors");

        assertThat(fits.seen()).isEqualTo(Scrape.NOTHING);
        Scrape suspicious = new Scrape(ofSeconds(2), new Events(8, 100), new Events(1, 900));
        double ofCalm =
                ((Cumulative) calm.plus(suspicious).relative()).ofHealth().log();
        double ofFits =
                ((Cumulative) fits.plus(suspicious).relative()).ofHealth().log();
        assertThat(ofFits).isPositive().isLessThan(ofCalm / 2);
    }

    /** Ten minutes of stable alone, scraped every two seconds, 180 requests each. */
    private static Look stable(java.util.function.IntUnaryOperator badIn) {
        List<Sample> ups = new ArrayList<>();
        List<Sample> totals = new ArrayList<>();
        List<Sample> bads = new ArrayList<>();
        double bad = 0;
        for (int second = -604; second <= 0; second += 2) {
            bad += badIn.applyAsInt(second + 700);
            ups.add(new Sample(at(second), 1));
            totals.add(new Sample(at(second), (second + 604) * 90.0));
            bads.add(new Sample(at(second), bad));
        }
        Map<String, String> pod = Map.of("pod", "a");
        Reading errors = new Reading(
                ERRORS,
                List.of(new Series(pod, totals)),
                List.of(new Series(pod, bads)),
                "bad / total",
                Optional.empty(),
                false);
        return new Look(T, List.of(new Series(pod, ups)), List.of(), List.of(errors), Optional.of(at(-604)));
    }

    @Test
    void theWarmUpNeitherCountsNorEarns() {
        Fold warmingUp = fold(order(ofMinutes(1)));

        WatchState state = warmingUp.of(begin(), look(60, 5), at(60)).settled();

        assertThat(state.trials()).isEmpty();
        assertThat(state.firstRequest()).isEmpty();
        assertThat(state.healthy()).isZero();
        assertThat(state.cursor()).isEqualTo(at(60));
    }

    private static Fold fold(WatchOrder order) {
        return new Fold(order, new Docket(order));
    }

    private static WatchState now(WatchState before, Look look) {
        return FOLD.of(before, look, look.at()).now();
    }

    private static WatchState settled(WatchState before, Look look, Instant arrived) {
        return FOLD.of(before, look, arrived).settled();
    }

    private static WatchState begin() {
        return WatchState.begin(T);
    }

    private static WatchOrder order(Duration warmUp) {
        return Orders.ramp(new HelmTarget(new EnvironmentName("production"), "production", "llm-canary"), ERRORS, QUEUE)
                .warmUp(warmUp)
                .order();
    }

    /** Two pods scraped every few seconds, with restarts, failing scrapes and a queue that is sometimes too long. */
    private static Look look(int seconds, long seed) {
        Random random = new Random(seed);
        List<Series> up = new ArrayList<>();
        List<Series> total = new ArrayList<>();
        List<Series> bad = new ArrayList<>();
        List<Series> queue = new ArrayList<>();
        for (String pod : List.of("a", "b")) {
            List<Sample> ups = new ArrayList<>();
            List<Sample> totals = new ArrayList<>();
            List<Sample> bads = new ArrayList<>();
            List<Sample> queues = new ArrayList<>();
            double count = 0;
            double errors = 0;
            for (int second = -20 + random.nextInt(4); second <= seconds; second += 1 + random.nextInt(15)) {
                boolean restarted = random.nextInt(10) == 0;
                count = (restarted ? 0 : count) + random.nextInt(50);
                errors = (restarted ? 0 : errors) + random.nextInt(3);
                ups.add(new Sample(at(second), random.nextInt(8) == 0 ? 0 : 1));
                totals.add(new Sample(at(second), count));
                bads.add(new Sample(at(second), errors));
                queues.add(new Sample(at(second), random.nextInt(25)));
            }
            up.add(new Series(Map.of("pod", pod), ups));
            total.add(new Series(Map.of("pod", pod), totals));
            bad.add(new Series(Map.of("pod", pod), bads));
            queue.add(new Series(Map.of("pod", pod), queues));
        }
        return new Look(
                at(seconds),
                up,
                List.of(
                        new Reading(ERRORS, total, bad, "bad / total", Optional.empty(), false),
                        new Reading(QUEUE, queue, List.of(), "waiting", Optional.empty(), false)));
    }

    private static Instant at(int second) {
        return T.plus(ofSeconds(second));
    }
}
