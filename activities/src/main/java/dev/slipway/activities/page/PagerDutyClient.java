package dev.slipway.activities.page;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Sends one event once, and tells what the other side said: no retries and no opinion. */
interface PagerDutyClient {
    /** How long a connection may take; together with {@link #ANSWER} well below the limit of an activity. */
    Duration CONNECT = Duration.ofSeconds(5);
    /** How long the answer may take. */
    Duration ANSWER = Duration.ofSeconds(15);
    /** What every event names as its sender. */
    String NAME = "Slipway";

    /**
     * What came back.
     *
     * @param status of HTTP
     * @param retryAfter the header as it came
     * @param words what the body says; may repeat what was sent
     */
    record Answer(int status, Optional<String> retryAfter, String words) {}

    /** @throws IOException when there is no answer */
    Answer trigger(RoutingKey key, Notice.Trigger trigger) throws IOException;

    /** @throws IOException when there is no answer */
    Answer resolve(RoutingKey key, Notice.Resolve resolve) throws IOException;

    /** @throws IOException when there is no answer */
    Answer change(RoutingKey key, Notice.ChangeNote change) throws IOException;
}
