package dev.slipway.activities.watch;

import static dev.slipway.activities.watch.Lookout.ERRORS;
import static dev.slipway.activities.watch.Lookout.STABLE;
import static dev.slipway.activities.watch.Lookout.ramp;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.watch.FakePrometheus.Odd;
import dev.slipway.model.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever happens to Prometheus, in whatever order: it convicts no healthy version and lets no dead one through. */
class AnyTroubleTest {
    private static final int RUNS = 100;

    /** What goes wrong for a while, or once. */
    private enum Trouble {
        NONE,
        ANSWERS_ARE_BROKEN,
        ANSWERS_ARE_PARTIAL,
        SAMPLES_ARE_BROKEN,
        NO_SCRAPES,
        FAILING_SCRAPES,
        NO_COUNTERS,
        NO_NUMBERS,
        RESTART,
        NO_TRAFFIC,
        STABLE_FAILS
    }

    private final Random random = new Random(20261122);

    @Test
    void aHealthyVersionNeverFailsAndADeadOneNeverPasses() {
        Map<Health, Integer> decided = new EnumMap<>(Health.class);
        for (int run = 0; run < RUNS; run++) {
            for (Health health : Health.values()) {
                Verdict verdict = verdict(health);

                assertThat(verdict)
                        .as("run %d of %s: %s", run, health, verdict.reason())
                        .isNotInstanceOf(health.never);
                if (!(verdict instanceof Verdict.Inconclusive)) {
                    decided.merge(health, 1, Integer::sum);
                }
            }
        }

        assertThat(decided)
                .as("most runs show what the version is")
                .allSatisfy((health, runs) -> assertThat(runs).isGreaterThan(RUNS / 2));
    }

    private enum Health {
        HEALTHY(0.001, Verdict.Failed.class),
        DEAD(0.9, Verdict.Passed.class);

        private final double errors;
        private final Class<? extends Verdict> never;

        Health(double errors, Class<? extends Verdict> never) {
            this.errors = errors;
            this.never = never;
        }
    }

    private Verdict verdict(Health health) {
        try (Lookout lookout = new Lookout()) {
            lookout.scrapeInterval = ofSeconds(1 + random.nextInt(5));
            lookout.lookInterval = ofSeconds(3 + random.nextInt(8));
            Trouble[] now = {Trouble.NONE};
            long[] until = {0};
            // what it was before says the contrary
            lookout.service.past(10_000, 10_000 * (1 - health.errors));
            lookout.prometheus.answers((query, truth) -> answer(now[0], query, truth));
            lookout.each = () -> {
                if (lookout.seconds() >= until[0]) {
                    now[0] = Trouble.values()[random.nextInt(Trouble.values().length)];
                    until[0] = lookout.seconds() + 1 + random.nextInt(25);
                    if (now[0] == Trouble.RESTART) {
                        lookout.service.restart();
                    }
                }
                suffer(lookout, health, now[0]);
            };
            Orders order = ramp(ERRORS).blindBudget(ofMinutes(2));
            return lookout.stage((random.nextBoolean() ? order.beside(STABLE) : order).order());
        }
    }

    private static void suffer(Lookout lookout, Health health, Trouble trouble) {
        FakeService service = lookout.service;
        lookout.scrapes = trouble != Trouble.NO_SCRAPES;
        service.up = trouble != Trouble.FAILING_SCRAPES;
        service.counted = trouble != Trouble.NO_COUNTERS;
        service.oddGood = trouble == Trouble.NO_NUMBERS ? Double.NaN : 0;
        service.oddBad = trouble == Trouble.NO_NUMBERS ? Double.POSITIVE_INFINITY : 0;
        service.requestsPerSecond = trouble == Trouble.NO_TRAFFIC ? 0 : 10;
        service.errorsPerRequest = health.errors;
        service.stableErrorsPerRequest = trouble == Trouble.STABLE_FAILS ? 0.9 : 0.001;
    }

    private static Odd answer(Trouble trouble, String query, Odd truth) {
        return switch (trouble) {
            case ANSWERS_ARE_BROKEN -> new Odd(502, "text/html", "<html>bad gateway</html>");
            case ANSWERS_ARE_PARTIAL ->
                new Odd(200, "application/json", truth.body().replaceFirst("\\{", "{\"warnings\":[\"partial\"],"));
            case SAMPLES_ARE_BROKEN -> query.startsWith("requests{") ? new Odd(-1, "", "") : truth;
            default -> truth;
        };
    }
}
