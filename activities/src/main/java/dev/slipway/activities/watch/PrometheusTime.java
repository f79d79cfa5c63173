package dev.slipway.activities.watch;

import dev.slipway.model.Evidence;
import dev.slipway.model.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prometheus's clock, carried on by the worker's own while Prometheus does not answer. */
final class PrometheusTime {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusTime.class);
    private static final Duration TOLERATED = Duration.ofSeconds(30);

    private final Clock clock;
    private final Instant begin;
    private Instant lastAnswer;
    // read by the scrapes of pods too
    private volatile Duration ahead = Duration.ZERO;

    PrometheusTime(Clock clock) {
        this.clock = clock;
        this.begin = clock.instant();
        this.lastAnswer = begin;
    }

    /** Takes what Prometheus said. */
    Instant set(Instant said) {
        Duration before = ahead;
        ahead = Duration.between(clock.instant(), said);
        if (ahead.abs().compareTo(TOLERATED) > 0 && before.abs().compareTo(TOLERATED) <= 0) {
            LOG.warn("{}", words());
        }
        lastAnswer = said;
        return said;
    }

    /** Takes what was said by somebody else on Prometheus's clock, as we know it. */
    Instant answered(Instant said) {
        lastAnswer = said;
        return said;
    }

    /** Whether this worker's clock is so far from Prometheus's that somebody should look after it. */
    boolean isOff() {
        return ahead.abs().compareTo(TOLERATED) > 0;
    }

    /** The verdict, with a remark when the clocks differ; Prometheus's alone has counted. */
    Verdict remarked(Verdict verdict) {
        return isOff() ? verdict.with(Evidence.of("clocks", words())) : verdict;
    }

    private String words() {
        return "the clocks of this worker and of Prometheus differ by "
                + ahead.abs().toSeconds() + "s; only Prometheus's counts";
    }

    /** Prometheus's time now as far as we know. */
    Instant now() {
        return clock.instant().plus(ahead);
    }

    /** When it answered last, or when we began to ask. */
    Instant lastAnswer() {
        return lastAnswer;
    }

    /** How long this watch runs in this worker. */
    Duration sinceBegin() {
        return Duration.between(begin, clock.instant());
    }
}
