package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The times of rounds by a clock that is only an estimate, and is corrected now and then: no time is given twice, and none
 * lies before another. Milliseconds, as in Prometheus.
 */
final class Stamps {
    private static final Duration TOLERATED = Duration.ofSeconds(10);

    private final InstantSource clock;
    private Instant last = Instant.EPOCH;

    Stamps(InstantSource clock) {
        this.clock = clock;
    }

    /** The time of a new round. */
    synchronized Instant next() {
        Instant now = read();
        last = now.isAfter(last) ? now : last.plusMillis(1);
        return last;
    }

    /** Now, never before the newest round. */
    synchronized Instant now() {
        Instant now = read();
        return now.isAfter(last) ? now : last;
    }

    /** Whether the clock went so far back that the times given so far were wrong; if so it begins anew. */
    synchronized boolean beganAnew() {
        if (!read().isBefore(last.minus(TOLERATED))) {
            return false;
        }
        last = Instant.EPOCH;
        return true;
    }

    private Instant read() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
