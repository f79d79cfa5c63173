package dev.slipway.activities.watch;

import static dev.slipway.activities.watch.Lookout.CANARY;
import static dev.slipway.activities.watch.Lookout.ERRORS;
import static dev.slipway.activities.watch.Lookout.LATENCY;
import static dev.slipway.activities.watch.Lookout.QUEUE;
import static dev.slipway.activities.watch.Lookout.STABLE;
import static dev.slipway.activities.watch.Lookout.ramp;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a watch makes of answers that are whole and say something strange: rows M3 to M6, M8 to M10 and M13. */
class StrangeSamplesTest {
    private final Lookout lookout = new Lookout();

    @AfterEach
    void close() {
        lookout.close();
    }

    @Test
    void noSeriesAreInconclusiveAndNamed() {
        Slo other = new Slo.Ratio("errors", "failed", "requests_all", Objective.parse("99%"));

        inconclusive(lookout.decided(ramp(other).order()), "no samples for requests_all{namespace=\"production\"");
        assertThat(lookout.passed()).isEqualTo(ofMinutes(5));
    }

    @Test
    void noSeriesOfBadRequestsAreNoBadRequestsAsLongAsThereAreOthers() {
        Slo neverFailed = new Slo.Ratio("errors", "requests{status=\"599\"}", "requests", Objective.parse("99%"));

        assertThat(lookout.decided(ramp(neverFailed).order())).isInstanceOf(Verdict.Passed.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aTotalThatIsNoNumberIsInconclusive(double odd) {
        lookout.service.oddGood = odd;
        lookout.service.oddBad = odd;

        inconclusive(lookout.decided(ramp(ERRORS).order()), "only NaN or Inf for requests{");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void badRequestsThatAreNoNumberAreNotTakenForNone(double odd) {
        Slo apart = new Slo.Ratio("errors", "requests{status=\"500\"}", "requests{status=\"200\"}", parsed());
        lookout.service.oddBad = odd;

        inconclusive(lookout.decided(ramp(apart).order()), "NaN or Inf for requests{status=\"500\"");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void oneSeriesThatIsNoNumberSpoilsTheRestOfIt(double odd) {
        lookout.service.oddGood = odd;

        inconclusive(lookout.decided(ramp(ERRORS).order()), "NaN or Inf for requests{");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aLimitOfWhatIsNoNumberIsInconclusive(double odd) {
        lookout.service.queue = odd;

        inconclusive(lookout.decided(ramp(QUEUE).order()), "only NaN or Inf for waiting{");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aSoakEarnsNothingFromWhatIsNoNumber(double odd) {
        lookout.each = () -> lookout.service.oddGood = lookout.seconds() >= 20 && lookout.seconds() < 50 ? odd : 0;

        assertThat(lookout.decided(soak().order())).isInstanceOf(Verdict.Passed.class);
        assertThat(lookout.seconds()).as("thirty seconds later").isEqualTo(90);
    }

    @Test
    void aLatencyWhoseBucketsAreGoneConvictsNobody() {
        lookout.prometheus.answers((query, truth) -> query.startsWith("seconds_bucket{") && query.contains("ms]")
                ? new FakePrometheus.Odd(
                        200,
                        "application/json",
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}")
                : truth);

        inconclusive(lookout.decided(ramp(LATENCY).order()), "no samples for seconds_bucket{");
        assertThat(lookout.trips).isEmpty();
    }

    @Test
    void severalSeriesAreSummedThroughTheRestartsOfEach() {
        lookout.each = () -> {
            if (lookout.seconds() == 30) {
                lookout.service.restart();
            }
        };
        lookout.service.errorsPerRequest = 0.1;
        Slo easy = new Slo.Ratio("errors", "requests{status=\"500\"}", "requests", Objective.parse("80%"));

        Verdict verdict = lookout.decided(ramp(easy).order());

        // of good and bad ones together; what was served between the last scrape and the restart is unknown
        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict.reason()).startsWith("errors: 10 % of 580 ");
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 100})
    void ninetyNineRequestsAreNotAHundred(int requests) {
        lookout.each = () -> lookout.service.requestsPerSecond = lookout.seconds() < 10 ? requests / 10.0 : 0;
        Slo easy = new Slo.Ratio("errors", "requests{status=\"500\"}", "requests", Objective.parse("80%"));

        Verdict verdict = lookout.decided(ramp(easy).order());

        if (requests == 100) {
            assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        } else {
            inconclusive(verdict, "undecided after 5m: errors: 99 of 100 requests");
        }
    }

    @Test
    void aCanaryWithoutTrafficIsUndecidedHoweverGoodStableIs() {
        lookout.service.requestsPerSecond = 0;

        inconclusive(lookout.decided(ramp(ERRORS).beside(STABLE).order()), "0 of 100 requests");
    }

    @Test
    void aRampDoesNotPassOnCountersThatNobodyExportsAnyMore() {
        lookout.each = () -> lookout.service.counted = lookout.seconds() < 40;

        inconclusive(lookout.decided(ramp(ERRORS).atMost(ofMinutes(2)).order()), "no fresh samples for requests{");
    }

    @Test
    void aSoakEarnsNothingFromCountersThatNobodyExportsAnyMore() {
        lookout.each = () -> lookout.service.counted = lookout.seconds() < 20 || lookout.seconds() >= 80;

        Verdict verdict = lookout.decided(soak().order());

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        // the last sample, at 18, speaks for ten seconds; the next one comes at 80
        assertThat(lookout.seconds()).isEqualTo(60 + 80 - 28);
    }

    @Test
    void aQueueThatNobodyExportsAnyMoreIsNotTheOneThatWasSeenLast() {
        lookout.each = () -> lookout.service.up = lookout.seconds() < 40;

        inconclusive(lookout.decided(ramp(ERRORS, QUEUE).order()), "the scrape of pod llm-canary-1 fails");
    }

    @Test
    void whatHappenedBeforeTheWatchBeganNeverCounts() {
        lookout.service.errorsPerRequest = 0.5;
        while (lookout.seconds() < 120) {
            lookout.prometheus.advance(ofSeconds(2));
            lookout.service.serve();
            lookout.service.scrape();
        }
        lookout.service.errorsPerRequest = 0;

        Verdict verdict = lookout.decided(ramp(ERRORS).order());

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict.reason()).startsWith("errors: 0 % of 600 ");
    }

    @Test
    void errorsOfTheScrapeThatReachesOverTheBeginNeverCount() {
        lookout.each = () -> lookout.service.errorsPerRequest = lookout.seconds() < 31 ? 1 : 0;

        Verdict verdict = lookout.decided(ramp(ERRORS).warmUp(ofSeconds(31)).order());

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict.reason()).startsWith("errors: 0 % of ");
    }

    @Test
    void whatHitsBothSidesIsInconclusiveAtOnceAndTripsNothing() {
        lookout.service.errorsPerRequest = 0.1;
        lookout.service.stableErrorsPerRequest = 0.1;

        inconclusive(lookout.decided(ramp(ERRORS).beside(STABLE).order()), "stable is bad too");
        assertThat(lookout.passed()).isLessThan(ofMinutes(1));
        assertThat(lookout.trips).isEmpty();
    }

    @Test
    void aCanaryThatIsWorseThanABadStableFails() {
        lookout.service.errorsPerRequest = 0.5;
        lookout.service.stableErrorsPerRequest = 0.1;

        assertThat(lookout.decided(ramp(ERRORS).beside(STABLE).order())).isInstanceOf(Verdict.Failed.class);
        assertThat(lookout.trips).hasSize(1);
    }

    private static Orders soak() {
        return Orders.soak(CANARY, ERRORS).minRequests(100).atMost(ofMinutes(10));
    }

    private static Objective parsed() {
        return Objective.parse("99%");
    }

    private static void inconclusive(Verdict verdict, String words) {
        assertThat(verdict).as(verdict.reason()).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.reason()).contains(words);
    }
}
