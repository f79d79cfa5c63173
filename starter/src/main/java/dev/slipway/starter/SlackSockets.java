package dev.slipway.starter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * How many sockets of the app are open at Slack, which it says when it opens one of ours: of all starters, and of whoever else
 * has the app token. More than are expected may be no stranger's: one of ours that is being closed, one of a starter that is
 * being replaced, one that Slack has not noticed to be lost. So the first is left out of it, and for the others it must still
 * be so when Slack opens one an hour or more later.
 */
@Component
@ConditionalOnProperty("slipway.slack.app-token-file")
class SlackSockets {
    private static final Logger LOG = LoggerFactory.getLogger(SlackSockets.class);
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final @Nullable Integer expected;
    /** What Slack said last; 0 until then. */
    private int said;
    /** Of this starter, as far as it knows; two for a moment when Slack wants a new one. */
    private int own;
    /** Since when there were more at each greeting; null when there are not. */
    private @Nullable Instant more;

    SlackSockets(SlackSettings settings, MeterRegistry meters) {
        this.expected = settings.socketsExpected();
        Gauge.builder("slipway.slack.sockets", this::said)
                .description("how many sockets of the app were open when Slack last opened one of this starter's")
                .register(meters);
    }

    private synchronized int said() {
        return said;
    }

    /**
     * A socket of this starter is open.
     *
     * @param number how many of the app are open with it; nothing is known when it is below 1
     */
    synchronized void hello(int number, Instant now) {
        own++;
        if (number < 1) {
            return;
        }
        said = number;
        if (expected == null || number <= expected + own - 1) {
            more = null;
        } else if (more == null) {
            more = now;
        } else if (!now.isBefore(more.plus(PATIENCE))) {
            more = now;
            warn(number, expected);
        }
    }

    private static void warn(int number, int expected) {
        LOG.warn(
                "Slack has {} sockets of this app open and {} expected (slipway.slack.sockets-expected), for an hour or"
                        + " more: unless they are starters of yours, somebody else has the app-level token, so revoke it"
                        + " at Slack, make a new one and put it into slipway.slack.app-token-file",
                number,
                expected == 1 ? "1 is" : expected + " are");
    }

    /** One of this starter's is closed. It may be one that Slack has said nothing over, which was not counted. */
    synchronized void closed() {
        own = Math.max(0, own - 1);
    }
}
