package dev.slipway.workflows.api;

import java.util.Map;
import java.util.Optional;

/**
 * Where a release's message stands.
 *
 * @param ts Slack's timestamp of the message, which is its id within the channel; empty when there is none yet
 * @param asks the ts of the message of each gate that asks for an approval, by gate
 * @param questions what the release waits for, by gate, whether the channel shows it or not
 * @param elsewhere where it stands as long as the channel takes nothing
 */
public record Announced(
        String channel,
        String ts,
        Map<String, String> asks,
        Map<String, Question> questions,
        Optional<Announced> elsewhere) {
    /** What was written before there were questions has none. */
    public Announced {
        asks = Map.copyOf(asks);
        questions = questions == null ? Map.of() : Map.copyOf(questions);
        elsewhere = elsewhere == null ? Optional.empty() : elsewhere;
    }

    /** One that asks nothing. */
    public Announced(String channel, String ts, Map<String, String> asks) {
        this(channel, ts, asks, Map.of(), Optional.empty());
    }
}
