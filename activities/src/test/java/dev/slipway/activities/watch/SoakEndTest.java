package dev.slipway.activities.watch;

import static dev.slipway.activities.watch.Lookout.CANARY;
import static dev.slipway.activities.watch.Lookout.ERRORS;
import static dev.slipway.activities.watch.Lookout.QUEUE;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day of soak in which something goes wrong ends at the instant that anybody can compute beforehand. */
class SoakEndTest {
    private static final Duration DAY = ofHours(24);
    private static final Duration QUEUED = ofHours(5);
    private static final Duration AWAY = ofHours(9);
    private static final Duration BACK = ofHours(12);
    private static final int QUEUED_SCRAPES = 4;
    private static final int FRESH_SCRAPES = 3;

    private final Lookout lookout = new Lookout();

    @AfterEach
    void close() {
        lookout.close();
    }

    /**
     * The scrapes are shifted against the watch, and it looks more or less often.
     *
     * @param burst the share of bad requests in the first scrape: odds between 10 and 1,000 to 1 against the canary, and less
     *     than 10 again with as many good ones
     */
    @ParameterizedTest
    @CsvSource({"15, 0, 10, 0.08", "15, 7, 10, 0.08", "60, 0, 10, 0.04", "60, 25, 1, 0.04", "60, 58, 10, 0.04"})
    void threeHoursWithoutPrometheusAndContainedBreachesDelayItByExactlyTheTimeThatDidNotCount(
            int seconds, int shift, int lookMinutes, double burst) {
        Duration s = ofSeconds(seconds);
        lookout.scrapeInterval = s;
        lookout.lookInterval = ofMinutes(lookMinutes);
        // the queue is too long for four scrapes
        Duration queued = s.multipliedBy(QUEUED_SCRAPES);
        // one scrape tells of too many errors
        Duration doubted = s;
        // the last scrape before three is at AWAY + shift - s and speaks for three intervals; the first one is at BACK
        // + shift
        Duration unseen = BACK.minus(AWAY).plus(s).minus(s.multipliedBy(FRESH_SCRAPES));
        Duration expected = DAY.plus(queued).plus(doubted).plus(unseen);
        lookout.each = () -> {
            lookout.service.errorsPerRequest = within(ofSeconds(shift), s) ? burst : 0;
            lookout.service.queue = within(QUEUED.plusSeconds(shift), queued) ? 21 : 3;
            boolean away = within(AWAY.plusSeconds(shift), BACK.minus(AWAY));
            lookout.scrapes = !away;
            lookout.prometheus.breakDown(away);
            Duration left = expected.minus(lookout.passed());
            if (left.compareTo(ofMinutes(12)) < 0) {
                lookout.lookInterval = ofSeconds(left.compareTo(ofMinutes(1)) < 0 ? 1 : 30);
            }
        };
        lookout.scrapesBegin(ofSeconds(shift));

        Verdict verdict = lookout.stage(Orders.soak(CANARY, ERRORS, QUEUE)
                .atLeast(DAY)
                .atMost(ofHours(48))
                .minRequests(10_000)
                .blindBudget(ofMinutes(30))
                .order());

        assertThat(verdict).as(verdict.reason()).isInstanceOf(Verdict.Passed.class);
        assertThat(lookout.passed()).isEqualTo(expected.plusSeconds(shift));
    }

    private boolean within(Duration from, Duration length) {
        Duration now = lookout.passed();
        return now.compareTo(from) >= 0 && now.compareTo(from.plus(length)) < 0;
    }
}
