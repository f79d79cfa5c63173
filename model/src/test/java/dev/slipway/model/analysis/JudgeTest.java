package dev.slipway.model.analysis;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.sequential.AgainstStable;
import dev.slipway.model.analysis.sequential.Cumulative;
import dev.slipway.model.analysis.sequential.Events;
import dev.slipway.model.analysis.sequential.Scrape;
import dev.slipway.model.analysis.sequential.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final Slo ERRORS = new Slo.Ratio("errors", "bad", "total", Objective.parse("99%"));
    private static final Risk RISK = new Risk(0.001, 0.05);
    private static final Slo LATENCY = new Slo.Latency("latency", "seconds", 2.5, Objective.parse("95%"));
    private static final Slo QUEUE = new Slo.Gauge("queue", "waiting", Slo.Direction.BELOW, 20, Slo.OnBreach.HOLD);
    private static final Slo MEMORY = new Slo.Gauge("memory", "free", Slo.Direction.ABOVE, 0.1, Slo.OnBreach.FAIL);

    @ParameterizedTest(name = "{0} bad of {1}, at least {2}, after {3}s -> {4}")
    @CsvSource({
        "0, 500, 500, 60, PASSED",
        "0, 499, 500, 60, -",
        "0, 500, 500, 59, -",
        "0, 100, 50, 60, -",
        "0, 100, 50, 600, INCONCLUSIVE",
        "6, 500, 500, 60, -",
        "50, 500, 500, 1, FAILED",
        "50, 500, 1000, 1, FAILED",
        "1, 1, 0, 1, -",
        "0, 0, 0, 60, -",
        "0, 0, 0, 600, INCONCLUSIVE",
    })
    void judgesARatioInARamp(double bad, double total, long minRequests, long seconds, String expected) {
        Optional<Verdict> verdict =
                judge(ramp(minRequests, ERRORS)).judge(seen(ofSeconds(seconds), Map.of(ERRORS, counted(bad, total))));

        assertThat(verdict.map(Verdict::word).orElse("-")).isEqualTo(expected);
    }

    @Test
    void saysWhatIsMissingWhenTheTimeIsOver() {
        Verdict verdict = judge(ramp(500, ERRORS, LATENCY))
                .judge(seen(
                        ofMinutes(10),
                        Map.of(
                                ERRORS,
                                counted(0, 212),
                                LATENCY,
                                counted(0, 0).missing("no samples for seconds_bucket"))))
                .orElseThrow();

        assertThat(verdict.word()).isEqualTo("INCONCLUSIVE");
        assertThat(verdict.reason())
                .isEqualTo("undecided after 10m: errors: 212 of 500 requests; latency: no samples for seconds_bucket");
    }

    @Test
    void failsWithTheShareTheCountTheObjectiveTheOddsAndTheQuery() {
        Verdict verdict = judge(ramp(100, ERRORS))
                .judge(seen(ofSeconds(5), Map.of(ERRORS, counted(21, 212))))
                .orElseThrow();

        assertThat(verdict.reason()).matches("errors: 9.9 % of 212 with 1 % allowed: .* to 1 against");
        assertThat(verdict.evidence().get(0).detail()).contains("to 1 against; p ", "fails at 1,000 to 1");
        assertThat(verdict.evidence().get(0).link()).isEqualTo("query");
    }

    @Test
    void aLatencySaysWhatIsTooSlow() {
        Verdict verdict = judge(ramp(100, LATENCY))
                .judge(seen(ofSeconds(5), Map.of(LATENCY, counted(80, 212))))
                .orElseThrow();

        assertThat(verdict.reason()).startsWith("latency: slower than 2.5s 38 % of 212 with 1 % allowed");
    }

    @Test
    void aBreachOnBothSidesIsNotTheVersionsAndOnlyAPersonKnows() {
        Trial both = AgainstStable.ramp(Objective.parse("99%"), RISK);
        for (int i = 0; i < 20; i++) {
            both = both.plus(new Scrape(ofSeconds(1), new Events(5, 50), new Events(50, 500)));
        }
        Map<Slo, Sighting> seen = Map.of(ERRORS, Sighting.events(both, "query"));

        Verdict verdict =
                judge(ramp(100, ERRORS)).judge(seen(ofSeconds(20), seen)).orElseThrow();

        assertThat(verdict.word()).isEqualTo("INCONCLUSIVE");
        assertThat(verdict.reason()).contains("stable is bad too");
    }

    @Test
    void aWatchOverAWaitEndsOnlyWithAFailure() {
        Judge safety = judge(
                new Terms(Purpose.SAFETY, List.of(ERRORS, LATENCY), Duration.ZERO, ofMinutes(1), ofMinutes(10), 10));

        assertThat(safety.judge(healthy(Map.of("errors", counted(0, 5000), "latency", counted(0, 5000)))))
                .isEmpty();
        assertThat(safety.judge(healthy(Map.of("errors", counted(0, 9).impossible("no such metric")))))
                .isEmpty();
        assertThat(safety.judge(healthy(Map.of("errors", counted(500, 5000)))))
                .map(Verdict::word)
                .contains("FAILED");
    }

    @Test
    void aGaugeThatOnlyHoldsNeverFailsAndNeverLetsPassWhileItIsOut() {
        Sighting out = Sighting.level(new Tally(3, 10, 25), "waiting").out(25);

        assertThat(word(ramp(0, QUEUE), seen(ofMinutes(2), Map.of(QUEUE, out)))).isEqualTo("-");
        Verdict verdict = judge(ramp(0, QUEUE))
                .judge(seen(ofMinutes(10), Map.of(QUEUE, out)))
                .orElseThrow();
        assertThat(verdict.reason()).isEqualTo("undecided after 10m: queue: 25 is out of its limit (at most 20)");
        assertThat(word(
                        ramp(0, QUEUE),
                        seen(ofMinutes(2), Map.of(QUEUE, Sighting.level(new Tally(3, 10, 25), "waiting")))))
                .isEqualTo("PASSED");
    }

    @Test
    void aGaugeThatMeansABadVersionFailsAtOnce() {
        Verdict verdict = judge(ramp(0, MEMORY))
                .judge(seen(ofSeconds(1), Map.of(MEMORY, Sighting.level(new Tally(1, 4, 0.05), "free"))))
                .orElseThrow();

        assertThat(verdict.word()).isEqualTo("FAILED");
        assertThat(verdict.reason()).isEqualTo("memory: 0.05 is out of its limit (at least 0.1)");
    }

    @Test
    void aSoakPassesOnEarnedHealthAndNotOnTheClock() {
        Judge soak = judge(soak(100, ERRORS));
        Map<String, Sighting> slos = Map.of("errors", counted(0, 100));

        assertThat(soak.judge(new Seen(ofMinutes(9), ofSeconds(59), Optional.empty(), slos)))
                .isEmpty();
        assertThat(soak.judge(new Seen(ofMinutes(9), ofSeconds(60), Optional.empty(), slos)))
                .map(Verdict::word)
                .contains("PASSED");
        assertThat(soak.judge(new Seen(ofMinutes(10), ofSeconds(59), Optional.empty(), slos)))
                .map(Verdict::reason)
                .contains("undecided after 10m: seen healthy for 59s of 1m");
    }

    @Test
    void aSoakThatHasEarnedItsTimeDoesNotPassWhileThereIsEvidenceAgainstIt() {
        Judge soak = judge(soak(100, ERRORS));
        Map<String, Sighting> doubted = Map.of("errors", counted(15, 500));

        assertThat(soak.judge(new Seen(ofMinutes(9), ofMinutes(1), Optional.empty(), doubted)))
                .isEmpty();
        assertThat(soak.judge(new Seen(ofMinutes(10), ofMinutes(1), Optional.empty(), doubted)))
                .map(Verdict::reason)
                .hasValueSatisfying(reason -> assertThat(reason)
                        .matches("undecided after 10m: errors: 3 % of 500 with 1 % allowed: .* to 1 against.*"));
    }

    @Test
    void anIdleSoakPassesOnlyWhenItAsksForNoRequests() {
        assertThat(judge(soak(0, ERRORS))
                        .judge(healthy(Map.of("errors", counted(0, 0))))
                        .map(Verdict::word))
                .contains("PASSED");
        assertThat(judge(soak(1, ERRORS)).judge(healthy(Map.of("errors", counted(0, 0)))))
                .isEmpty();
        assertThat(judge(soak(0, ERRORS))
                        .judge(healthy(Map.of("errors", counted(0, 0).missing("no samples for total")))))
                .isEmpty();
        assertThat(judge(soak(0)).judge(healthy(Map.of())).map(Verdict::word)).contains("PASSED");
    }

    @Test
    void nothingPassesWithoutFreshEvidence() {
        Seen stale = new Seen(
                ofMinutes(5), ofMinutes(5), Optional.of("no fresh scrape"), Map.of("errors", counted(0, 1000)));

        assertThat(judge(ramp(1, ERRORS)).judge(stale)).isEmpty();
        assertThat(judge(soak(1, ERRORS)).judge(stale)).isEmpty();
    }

    @Test
    void whatCannotBeMeasuredIsInconclusiveAtOnce() {
        Verdict verdict = judge(ramp(1, LATENCY))
                .judge(seen(ofSeconds(2), Map.of(LATENCY, counted(0, 9).impossible("no bucket with the bound 3"))))
                .orElseThrow();

        assertThat(verdict.word()).isEqualTo("INCONCLUSIVE");
        assertThat(verdict.reason()).isEqualTo("latency: no bucket with the bound 3");
    }

    @Test
    void anSloThatNobodyLookedAtDoesNotPass() {
        assertThat(word(ramp(1, ERRORS), seen(ofMinutes(2), Map.of()))).isEqualTo("-");
    }

    /** Over random counts: one verdict follows from the counts alone, and more bad events never turn Failed into Passed. */
    @Test
    void moreBadEventsNeverMakeItBetter() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            long minRequests = random.nextInt(300);
            double total = random.nextInt(1_000);
            double bad = total == 0 ? 0 : random.nextInt((int) total + 1);
            Duration elapsed = ofSeconds(random.nextInt(700));
            String better = word(ramp(minRequests, ERRORS), seen(elapsed, Map.of(ERRORS, counted(bad / 2, total))));
            String worse = word(ramp(minRequests, ERRORS), seen(elapsed, Map.of(ERRORS, counted(bad, total))));

            if (better.equals("FAILED")) {
                assertThat(worse).isEqualTo("FAILED");
            }
            if (total < Math.max(minRequests, 1) || bad * 100 > total) {
                assertThat(worse).isNotEqualTo("PASSED");
            }
            if (bad * 100 <= total) {
                assertThat(worse).isNotEqualTo("FAILED");
            }
        }
    }

    private static Judge judge(Terms terms) {
        return new Judge(terms);
    }

    private static Terms ramp(long minRequests, Slo... slos) {
        return new Terms(Purpose.RAMP, List.of(slos), Duration.ZERO, ofMinutes(1), ofMinutes(10), minRequests);
    }

    private static Terms soak(long minRequests, Slo... slos) {
        return new Terms(Purpose.SOAK, List.of(slos), Duration.ZERO, ofMinutes(1), ofMinutes(10), minRequests);
    }

    /** Counted over twenty scrapes, since no scrape decides alone. */
    private static Sighting counted(double bad, double total) {
        Trial trial = Cumulative.absolute(Objective.parse("99%"), RISK);
        for (int i = 0; i < 20; i++) {
            long here = (long) (total * (i + 1) / 20) - (long) (total * i / 20);
            long badHere = (long) (bad * (i + 1) / 20) - (long) (bad * i / 20);
            trial = trial.plus(new Scrape(ofSeconds(1), new Events(Math.min(badHere, here), here), Events.NONE));
        }
        return Sighting.events(trial, "query");
    }

    private static Seen seen(Duration elapsed, Map<Slo, Sighting> slos) {
        return new Seen(
                elapsed,
                Duration.ZERO,
                Optional.empty(),
                slos.entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                e -> e.getKey().name(), Map.Entry::getValue)));
    }

    private static Seen healthy(Map<String, Sighting> slos) {
        return new Seen(ofMinutes(5), ofMinutes(5), Optional.empty(), slos);
    }

    private static String word(Terms terms, Seen seen) {
        return judge(terms).judge(seen).map(Verdict::word).orElse("-");
    }
}
