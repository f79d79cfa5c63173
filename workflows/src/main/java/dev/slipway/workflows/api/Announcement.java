package dev.slipway.workflows.api;

import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseView;
import java.util.List;
import java.util.Optional;

/**
 * How a release is, for a channel.
 *
 * @param channel Slack's id of the channel
 * @param runId run of the release's workflow
 * @param first number of the first of {@code news}, as in {@link RecordBatch}: what was announced before is known by it
 * @param before where the message stands; empty when there is none yet
 */
public record Announcement(
        String channel, String runId, long first, ReleaseView view, List<Fact> news, Optional<Announced> before) {
    public Announcement {
        news = List.copyOf(news);
    }
}
