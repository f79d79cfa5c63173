package dev.slipway.workflows.api;

import java.util.Map;

/**
 * Where a release's message stands.
 *
 * @param ts Slack's timestamp of the message, which is its id within the channel
 * @param asks the ts of the message of each gate that asks for an approval, by gate
 */
public record Announced(String channel, String ts, Map<String, String> asks) {
    public Announced {
        asks = Map.copyOf(asks);
    }
}
