package dev.slipway.starter;

import dev.slipway.model.Actor;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How often each caller may ask, so that one that loops takes nothing from the others. Who may fetch bundles has more: a worker
 * that is kept waiting keeps a release waiting.
 */
@Component
class Limits {
    private static final Logger LOG = LoggerFactory.getLogger(Limits.class);
    private static final int SECONDS_AT_ONCE = 4;

    private final LimitSettings settings;
    private final Authorization authorization;
    private final MeterRegistry meters;
    private final Buckets requests;
    private final Buckets workerRequests;
    private final Buckets starts;
    private final Buckets failures;
    private final Map<String, Integer> feeds = new HashMap<>();

    @Autowired
    Limits(LimitSettings settings, Authorization authorization, MeterRegistry meters) {
        this(settings, authorization, meters, TimeMeter.SYSTEM_NANOTIME);
    }

    Limits(LimitSettings settings, Authorization authorization, MeterRegistry meters, TimeMeter clock) {
        this.settings = settings;
        this.authorization = authorization;
        this.meters = meters;
        this.requests = perSecond(settings.requests(), clock);
        this.workerRequests = perSecond(settings.workerRequests(), clock);
        this.starts = new Buckets(settings.starts(), settings.starts(), Duration.ofHours(1), clock);
        this.failures = new Buckets(settings.failures(), settings.failures(), Duration.ofMinutes(1), clock);
    }

    private static Buckets perSecond(int number, TimeMeter clock) {
        return new Buckets((long) number * SECONDS_AT_ONCE, number, Duration.ofSeconds(1), clock);
    }

    /** Any request. @throws Refusal 429 too-many-requests */
    void request(Actor actor) {
        boolean worker = authorization.permits(actor, Verb.FETCH);
        Optional<Duration> wait = (worker ? workerRequests : requests).take(actor.subject());
        if (wait.isPresent()) {
            int most = worker ? settings.workerRequests() : settings.requests();
            throw refuse("requests", actor + " has asked for more than " + most + " things a second", wait);
        }
    }

    /** A submission, whatever becomes of it. @throws Refusal 429 too-many-requests */
    void start(Actor actor) {
        Optional<Duration> wait = starts.take(actor.subject());
        if (wait.isPresent()) {
            throw refuse(
                    "starts", actor + " has handed in more than " + releases(settings.starts()) + " in an hour", wait);
        }
    }

    /** Somebody at this address did not show who they are. @throws Refusal 429 too-many-requests */
    void failure(String address) {
        Optional<Duration> wait = failures.take(address);
        if (wait.isPresent()) {
            throw refuse("failures", "too many requests from this address have shown no good token", wait);
        }
    }

    /** An event stream opens; give it back with {@link #leave}. @throws Refusal 429 too-many-requests */
    synchronized void follow(Actor actor) {
        if (feeds.getOrDefault(actor.subject(), 0) >= settings.feeds()) {
            throw refuse("feeds", actor + " follows " + releases(settings.feeds()) + " already", Optional.empty());
        }
        feeds.merge(actor.subject(), 1, Integer::sum);
    }

    synchronized void leave(Actor actor) {
        feeds.computeIfPresent(actor.subject(), (who, open) -> open > 1 ? open - 1 : null);
    }

    private static String releases(int number) {
        return number + (number == 1 ? " release" : " releases");
    }

    private Refusal refuse(String limit, String detail, Optional<Duration> wait) {
        Counter.builder("slipway.limits.refused")
                .description("requests that were refused because there were too many")
                .tag("limit", limit)
                .register(meters)
                .increment();
        LOG.debug("refused: {}", detail);
        return Refusal.tooMany(detail, wait);
    }
}
