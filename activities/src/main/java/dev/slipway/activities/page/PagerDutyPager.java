package dev.slipway.activities.page;

import dev.slipway.activities.OneLine;
import dev.slipway.activities.RetryAfter;
import dev.slipway.workflows.api.Change;
import dev.slipway.workflows.api.Changes;
import dev.slipway.workflows.api.Delivery;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.Pager;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls people by PagerDuty. Only 202 is an acceptance; 429, 5xx and silence are asked again by Temporal, after as long as
 * the answer says; what is refused is sent once more with nothing but a summary, and then left to the log. An environment
 * without a routing key has its pages in the log alone.
 */
public final class PagerDutyPager implements Pager, Changes {
    private static final Logger LOG = LoggerFactory.getLogger(PagerDutyPager.class);
    private static final int ACCEPTED = 202;
    private static final int BAD = 400;
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    private final PagerDutyClient client;
    private final RoutingKeys keys;
    private final Notices notices;
    private final LogPager log = new LogPager();

    PagerDutyPager(PagerDutyClient client, RoutingKeys keys, PagerDutyLinks links) {
        this.client = client;
        this.keys = keys;
        this.notices = new Notices(links);
    }

    /** Over the library that PagerDuty's users know. */
    public static PagerDutyPager overLibrary(URI events, URI changes, RoutingKeys keys, PagerDutyLinks links) {
        return new PagerDutyPager(new LibraryClient(events, changes, PagerDutyClient.ANSWER), keys, links);
    }

    /** Over the JDK's own client, for those who do not want the library and what comes with it. */
    public static PagerDutyPager overJdk(URI events, URI changes, RoutingKeys keys, PagerDutyLinks links) {
        return new PagerDutyPager(new JdkClient(events, changes, PagerDutyClient.ANSWER), keys, links);
    }

    @Override
    public Delivery trigger(PageOrder order) {
        RoutingKey key = keys.of(order.environment()).orElse(null);
        if (key == null) {
            return log.trigger(order);
        }
        Notice.Trigger full = notices.trigger(order);
        PagerDutyClient.Answer answer = send(key, () -> client.trigger(key, full));
        if (answer.status() == BAD) {
            LOG.warn("PagerDuty refuses {}, it is sent with its summary alone: {}", order.id(), words(key, answer));
            answer = send(key, () -> client.trigger(key, full.minimal()));
        }
        if (answer.status() == ACCEPTED) {
            return Delivery.accepted("PagerDuty has it as " + full.dedupKey());
        }
        LOG.error("PagerDuty refuses {} for good, nobody is called: {}", order.id(), words(key, answer));
        log.trigger(order);
        return Delivery.refused(words(key, answer));
    }

    @Override
    public void resolve(PageOrder order, Delivery delivery, String why) {
        Optional<RoutingKey> key = keys.of(order.environment());
        if (key.isPresent() && delivery.accepted()) {
            Notice.Resolve resolve = new Notice.Resolve(DedupKey.of(order.key()));
            PagerDutyClient.Answer answer = send(key.get(), () -> client.resolve(key.get(), resolve));
            if (answer.status() != ACCEPTED) {
                LOG.warn("PagerDuty refuses to close {}: {}", order.id(), words(key.get(), answer));
            }
        }
        log.resolve(order, delivery, why);
    }

    @Override
    public Delivery tell(Change change) {
        RoutingKey key = keys.of(change.environment()).orElse(null);
        if (key == null) {
            return log.tell(change);
        }
        PagerDutyClient.Answer answer = send(key, () -> client.change(key, notices.change(change)));
        if (answer.status() == ACCEPTED) {
            return Delivery.accepted("PagerDuty has it");
        }
        LOG.warn("PagerDuty refuses {}: {}", change.id(), words(key, answer));
        log.tell(change);
        return Delivery.refused(words(key, answer));
    }

    /** One event on its way. */
    private interface Sending {
        PagerDutyClient.Answer send() throws IOException;
    }

    /** Returns what was accepted, or refused for good; throws what may be another time. */
    private static PagerDutyClient.Answer send(RoutingKey key, Sending sending) {
        PagerDutyClient.Answer answer;
        try {
            answer = sending.send();
        } catch (IOException e) {
            throw FailureType.UNREACHABLE.failure("PagerDuty does not answer: " + key.hiddenIn(String.valueOf(e)));
        }
        if (answer.status() == TOO_MANY || answer.status() == TIMED_OUT || answer.status() >= SERVER) {
            throw later(key, answer);
        }
        return answer;
    }

    private static ApplicationFailure later(RoutingKey key, PagerDutyClient.Answer answer) {
        ApplicationFailure failure = FailureType.UNREACHABLE.failure("PagerDuty says " + words(key, answer));
        answer.retryAfter()
                .flatMap(header -> RetryAfter.of(header, Instant.now()))
                .ifPresent(failure::setNextRetryDelay);
        return failure;
    }

    private static String words(RoutingKey key, PagerDutyClient.Answer answer) {
        String said = OneLine.of(key.hiddenIn(answer.words()));
        return answer.status() + " " + said.substring(0, Math.min(said.length(), 500));
    }
}
