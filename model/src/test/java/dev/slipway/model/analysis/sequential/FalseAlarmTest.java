package dev.slipway.model.analysis.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often a healthy canary is called bad, with a look after every scrape. Every run is seeded; what is compared is the
 * upper bound of a one-sided 95 % confidence interval, so that luck cannot make a test green.
 */
class FalseAlarmTest {
    private static final List<Double> WEIGHTS = List.of(0.05, 0.1, 0.5);
    private static final List<Double> SHARES = List.of(0.001, 0.005, 0.02);
    private static final Objective OBJECTIVE = Objective.parse("99%");
    private static final double ALPHA = 0.01;
    private static final Risk RISK = new Risk(ALPHA, 0.05);
    private static final int RAMP = 360;
    private static final int SOAK = 720;
    private static final Duration PLANNED = Duration.ofHours(1);

    @ParameterizedTest(name = "{0} requests per second")
    @ValueSource(doubles = {10, 100, 1000})
    void aCanaryExactlyAtTheMarginFailsARampInNoMoreThanAlpha(double rate) {
        Rate alarms = alarms(
                200, RAMP, Cumulative.relative(RISK), rate, Service.Trouble.NONE, share -> Cumulative.MARGIN * share);

        assertThat(alarms.upperBound()).as("%s", alarms).isLessThanOrEqualTo(ALPHA);
    }

    @ParameterizedTest(name = "{0} requests per second")
    @ValueSource(doubles = {10, 100, 1000})
    void aCanaryExactlyAtItsObjectiveFailsARampInNoMoreThanAlpha(double rate) {
        Rate alarms =
                alarms(200, RAMP, Cumulative.absolute(OBJECTIVE, RISK), rate, Service.Trouble.NONE, share -> 0.01);

        assertThat(alarms.upperBound()).as("%s", alarms).isLessThanOrEqualTo(ALPHA);
    }

    @ParameterizedTest(name = "{0} requests per second")
    @ValueSource(doubles = {10, 100, 1000})
    void aCanaryExactlyAtTheMarginFailsASoakInNoMoreThanAlpha(double rate) {
        Rate alarms = alarms(
                150,
                SOAK,
                Detector.relative(ALPHA, PLANNED),
                rate,
                Service.Trouble.NONE,
                share -> Cumulative.MARGIN * share);

        assertThat(alarms.upperBound()).as("%s", alarms).isLessThanOrEqualTo(ALPHA);
    }

    @ParameterizedTest(name = "{0} requests per second")
    @ValueSource(doubles = {10, 100, 1000})
    void aHealthyCanaryFailsBesideStableInNoMoreThanAlpha(double rate) {
        Rate alarms = alarms(80, RAMP, AgainstStable.ramp(OBJECTIVE, RISK), rate, Service.Trouble.NONE, share -> share);

        assertThat(alarms.upperBound()).as("%s", alarms).isLessThanOrEqualTo(ALPHA);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Service.Trouble.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void troubledTrafficRaisesNoMoreThanThreeTimesAlphaAtTheDefaultMargin(Service.Trouble trouble) {
        Rate ramps = new Rate(0, 0);
        Rate soaks = new Rate(0, 0);

        for (double rate : List.of(10.0, 100.0, 1000.0)) {
            ramps = ramps.plus(alarms(60, RAMP, Cumulative.relative(RISK), rate, trouble, share -> share));
            soaks = soaks.plus(alarms(60, SOAK, Detector.relative(ALPHA, PLANNED), rate, trouble, share -> share));
        }

        assertThat(ramps.upperBound()).as("ramps: %s", ramps).isLessThanOrEqualTo(3 * ALPHA);
        assertThat(soaks.upperBound()).as("soaks: %s", soaks).isLessThanOrEqualTo(3 * ALPHA);
    }

    @Test
    void aCanaryExactlyAtItsObjectivePassesInNoMoreThanBeta() {
        long passes = 0;
        int runs = 2000;
        for (int run = 0; run < runs; run++) {
            Traffic traffic = new Traffic(Service.healthy(1000, 0.1, 0.01), Service.Trouble.NONE, run);
            Trial trial = Cumulative.absolute(OBJECTIVE, RISK);
            for (int scrape = 0; scrape < RAMP && !trial.passed(); scrape++) {
                trial = trial.plus(traffic.next());
            }
            passes += trial.passed() ? 1 : 0;
        }
        Rate wrong = new Rate(passes, runs);

        assertThat(wrong.upperBound()).as("%s", wrong).isLessThanOrEqualTo(RISK.beta());
    }

    /** Over all weights and base shares; {@code canary} says how bad the canary is beside a stable of some share. */
    private static Rate alarms(
            int runs, int scrapes, Trial start, double rate, Service.Trouble trouble, ToDoubleFunction<Double> canary) {
        long alarms = 0;
        long seed = Math.round(rate) * 1_000_000;
        for (double weight : WEIGHTS) {
            for (double share : SHARES) {
                Service service = Service.healthy(rate, weight, share).withCanary(canary.applyAsDouble(share));
                for (int run = 0; run < runs; run++) {
                    alarms += alarm(start, scrapes, new Traffic(service, trouble, seed++)) ? 1 : 0;
                }
            }
        }
        return new Rate(alarms, (long) runs * WEIGHTS.size() * SHARES.size());
    }

    private static boolean alarm(Trial start, int scrapes, Traffic traffic) {
        Trial trial = start;
        for (int scrape = 0; scrape < scrapes && !trial.failed(); scrape++) {
            trial = trial.plus(traffic.next());
        }
        return trial.failed();
    }
}
