package dev.slipway.activities.watch;

import static dev.slipway.activities.watch.Lookout.ERRORS;
import static dev.slipway.activities.watch.Lookout.ramp;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.watch.FakePrometheus.Odd;
import dev.slipway.model.Evidence;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.WatchResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a watch makes of a Prometheus that does not answer, or not as it should: rows M1, M2, M7, M11, M12, M14 and M15. */
class BrokenAnswersTest {
    private static final String JSON = "application/json";

    /** Answers that are none, and what a person is told of them. */
    private enum Broken {
        OVERLOADED(new Odd(503, "text/plain", "service unavailable"), "503 text/plain: service unavailable"),
        HUNG_UP(new Odd(-1, "", ""), "cannot be reached"),
        SILENT(new Odd(0, JSON, ""), "did not answer within 1500 ms"),
        ERROR_WITH_STATUS_200(
                new Odd(200, JSON, "{\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"oops\"}"), "oops"),
        LOGIN_PAGE(new Odd(200, "text/html", "<html>log in</html>"), "not an answer of Prometheus"),
        CUT_OFF(new Odd(200, JSON, "{\"status\":\"success\",\"data\":{\"resultType\":\"mat"), "no complete JSON"),
        REDIRECT(new Odd(302, "text/html", "moved"), "redirect (302), which is not followed");

        private final Odd answer;
        private final String words;

        Broken(Odd answer, String words) {
            this.answer = answer;
            this.words = words;
        }
    }

    private final Lookout lookout = new Lookout();

    @AfterEach
    void close() {
        lookout.close();
    }

    @ParameterizedTest
    @EnumSource
    void noAnswerIsNoVerdictAndEndsBlindOnlyAfterTheBudget(Broken broken) {
        impatient(broken);
        breakFrom(10, broken, "");

        WatchResult result =
                lookout.watch(ramp(ERRORS).blindBudget(ofSeconds(10)).order());

        assertThat(result).isInstanceOf(WatchResult.Blind.class);
        assertThat(((WatchResult.Blind) result).reason())
                .startsWith("no usable answer for 10s: ")
                .contains(broken.words);
        // the last answer came at 5
        assertThat(lookout.seconds()).isEqualTo(15);
        assertThat(lookout.trips).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aWatchThatGetsItsTimeButNotItsSamplesIsAsBlind(Broken broken) {
        impatient(broken);
        breakFrom(10, broken, "requests{");

        WatchResult result =
                lookout.watch(ramp(ERRORS).blindBudget(ofSeconds(10)).order());

        assertThat(result).isInstanceOf(WatchResult.Blind.class);
        assertThat(((WatchResult.Blind) result).reason()).contains(broken.words);
        assertThat(lookout.seconds()).isBetween(15L, 20L);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void brokenAnswersHoldAHealthyRampAndLoseNothing(Broken broken) {
        lookout.each = () -> lookout.prometheus.answers(
                (query, truth) -> lookout.seconds() >= 10 && lookout.seconds() < 90 ? broken.answer : truth);

        Verdict verdict =
                lookout.decided(ramp(ERRORS).blindBudget(ofMinutes(10)).order());

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict.reason()).startsWith("errors: 0 % of 900 ");
        assertThat(lookout.seconds()).isEqualTo(90);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void aBadVersionBehindBrokenAnswersFailsAsSoonAsOneIsWhole(Broken broken) {
        lookout.service.errorsPerRequest = 0.2;
        breakUntil(30, broken);

        assertThat(lookout.decided(ramp(ERRORS).order())).isInstanceOf(Verdict.Failed.class);
        assertThat(lookout.seconds()).isEqualTo(30);
        assertThat(lookout.trips).hasSize(1);
    }

    @Test
    void aPartialAnswerDecidesNothing() {
        lookout.service.errorsPerRequest = 0.2;
        warn(0, 10_000);

        WatchResult result = lookout.watch(ramp(ERRORS).order());

        assertThat(result).isInstanceOf(WatchResult.Blind.class);
        assertThat(((WatchResult.Blind) result).reason())
                .contains("may be incomplete")
                .contains("store-7 is away");
        assertThat(lookout.trips).isEmpty();
    }

    @Test
    void whatPartialAnswersHideIsCountedOnceTheyAreWhole() {
        warn(10, 50);

        Verdict verdict = lookout.decided(ramp(ERRORS).order());

        assertThat(verdict.reason()).isEqualTo("errors: 0 % of 600 with 1 % allowed: 160 to 1 in favour");
    }

    @Test
    void aMereRemarkOnAQueryIsNoWarning() {
        lookout.prometheus.answers((query, truth) -> with(truth, "\"infos\":[\"PromQL info: may not be a counter\"]"));

        assertThat(lookout.decided(ramp(ERRORS).order())).isInstanceOf(Verdict.Passed.class);
        assertThat(lookout.seconds()).isEqualTo(60);
    }

    @Test
    void outagesInTurnWithErrorsNeitherHideNorInventAny() {
        lookout.each = () -> lookout.service.errorsPerRequest = lookout.seconds() % 20 < 4 ? 0.1 : 0;
        Verdict undisturbed = lookout.decided(ramp(ERRORS).order());
        long took = lookout.seconds();
        try (Lookout other = new Lookout()) {
            other.each = () -> {
                other.service.errorsPerRequest = other.seconds() % 20 < 4 ? 0.1 : 0;
                other.prometheus.breakDown(other.seconds() % 10 >= 5 && other.seconds() < took);
            };

            Verdict disturbed = other.decided(ramp(ERRORS).order());

            assertThat(undisturbed).isInstanceOf(Verdict.Failed.class);
            assertThat(disturbed.reason()).isEqualTo(undisturbed.reason());
            assertThat(other.seconds()).isEqualTo(took);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasSeenBeforeAnOutageCountsTogetherWithWhatIsSeenAfterIt(boolean before) {
        lookout.each = () -> {
            boolean away = lookout.seconds() >= 4 && lookout.seconds() < 60;
            lookout.prometheus.breakDown(away);
            lookout.scrapes = !away;
            lookout.service.requestsPerSecond = lookout.seconds() >= 2 && lookout.seconds() < 60 ? 0 : 10;
            lookout.service.errorsPerRequest =
                    lookout.seconds() < 2 && before || lookout.seconds() >= 60 && lookout.seconds() < 62 ? 0.5 : 0;
        };

        Verdict verdict = lookout.stage(ramp(ERRORS).blindBudget(ofSeconds(30)).order());

        // no scrape decides alone, so two bad ones fail only together
        assertThat(verdict instanceof Verdict.Failed).as(verdict.reason()).isEqualTo(before);
        if (before) {
            assertThat(lookout.seconds()).isEqualTo(62);
        }
    }

    @Test
    void aRedirectLeadsNobodyToAnotherHost() {
        try (Lookout liar = new Lookout()) {
            liar.service.scrape();
            lookout.prometheus.redirectsTo(liar.prometheus.uri().resolve("/api/v1/query"));
            breakFrom(0, Broken.REDIRECT, "");

            assertThat(lookout.watch(ramp(ERRORS).order())).isInstanceOf(WatchResult.Blind.class);
            assertThat(liar.prometheus.queries).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongClockOfTheWorkerIsToldAndJudgesNothing(Wrong wrong) {
        lookout.workersClockIsAhead = ofSeconds(wrong.ahead);

        Verdict verdict = lookout.decided(ramp(ERRORS).order());

        assertThat(verdict.reason()).isEqualTo("errors: 0 % of 600 with 1 % allowed: 160 to 1 in favour");
        assertThat(lookout.seconds()).isEqualTo(60);
        assertThat(verdict.evidence().stream().map(Evidence::name).filter("clocks"::equals))
                .hasSize(wrong.told ? 1 : 0);
    }

    private enum Wrong {
        HALF_A_MINUTE(30, false),
        A_LITTLE_MORE(31, true),
        THE_OTHER_WAY(-31, true),
        A_YEAR(365 * 24 * 3600, true),
        A_YEAR_THE_OTHER_WAY(-365 * 24 * 3600, true);

        private final long ahead;
        private final boolean told;

        Wrong(long ahead, boolean told) {
            this.ahead = ahead;
            this.told = told;
        }
    }

    /** A limit that is short enough to wait for, and looks far enough apart. */
    private void impatient(Broken broken) {
        lookout.lookInterval = ofSeconds(5);
        lookout.timeout = broken == Broken.SILENT ? ofMillis(1500) : lookout.timeout;
    }

    private void breakFrom(long second, Broken broken, String queries) {
        lookout.prometheus.answers(
                (query, truth) -> lookout.seconds() >= second && query.startsWith(queries) ? broken.answer : truth);
    }

    private void breakUntil(long second, Broken broken) {
        lookout.prometheus.answers((query, truth) -> lookout.seconds() < second ? broken.answer : truth);
    }

    private void warn(long from, long to) {
        lookout.prometheus.answers((query, truth) -> lookout.seconds() >= from && lookout.seconds() < to
                ? with(truth, "\"warnings\":[\"store-7 is away\"]")
                : truth);
    }

    private static Odd with(Odd truth, String field) {
        return new Odd(truth.status(), truth.contentType(), truth.body().replaceFirst("\\{", "{" + field + ","));
    }
}
