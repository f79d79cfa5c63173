package dev.slipway.activities.watch;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import dev.slipway.workflows.api.Footprint;
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
    private static final Fold FOLD = new Fold(order(Duration.ZERO));

    @Test
    void countsAndHealthDoNotDependOnWhenOneLooks() {
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            Look all = look(300, random.nextLong());
            WatchState once = FOLD.fold(begin(), all, at(300));
            WatchState often = begin();
            for (int second = random.nextInt(9); second < 300; second += 1 + random.nextInt(40)) {
                often = FOLD.fold(often, all, at(second));
            }
            often = FOLD.fold(often, all, at(300));

            assertThat(often.healthy()).isEqualTo(once.healthy());
            assertThat(often.firstRequest()).isEqualTo(once.firstRequest());
            for (String slo : List.of("errors", "queue")) {
                WatchState.Counts a = often.counts().get(slo);
                WatchState.Counts b = once.counts().get(slo);
                assertThat(a.bad()).isCloseTo(b.bad(), within(1e-6));
                assertThat(a.total()).isCloseTo(b.total(), within(1e-6));
                assertThat(Double.valueOf(a.worst())).isEqualTo(Double.valueOf(b.worst()));
            }
        }
    }

    @Test
    void foldingTheSameSamplesAgainChangesNothing() {
        Look look = look(60, 5);
        WatchState once = FOLD.fold(begin(), look, at(60));

        assertThat(FOLD.fold(once, look, at(60))).isEqualTo(once);
        assertThat(FOLD.fold(once, look, at(30))).isEqualTo(once);
    }

    @Test
    void theWarmUpNeitherCountsNorEarns() {
        WatchState state = new Fold(order(ofMinutes(1))).fold(begin(), look(60, 5), at(60));

        assertThat(state.counts().get("errors").total()).isZero();
        assertThat(state.firstRequest()).isEmpty();
        assertThat(state.healthy()).isZero();
    }

    private static WatchState begin() {
        return new WatchState(T, T, Map.of(), Optional.empty(), Duration.ZERO, Optional.empty());
    }

    private static WatchOrder order(Duration warmUp) {
        return new WatchOrder(
                new HelmTarget(new EnvironmentName("production"), "production", "llm-canary"),
                List.of(ERRORS, QUEUE),
                warmUp,
                ofMinutes(1),
                false,
                ofMinutes(10),
                0,
                ofMinutes(1),
                Optional.empty(),
                Footprint.NONE);
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
