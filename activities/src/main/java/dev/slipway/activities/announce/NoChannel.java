package dev.slipway.activities.announce;

import dev.slipway.workflows.api.Announced;
import dev.slipway.workflows.api.Announcement;
import dev.slipway.workflows.api.Announcer;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Of a worker that has no access to channels: says so in its log, and the release goes on. */
public final class NoChannel implements Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(NoChannel.class);

    @Override
    public Announced announce(Announcement announcement) {
        LOG.warn(
                "{} should be told to channel {}, but this worker has no access to Slack",
                announcement.view().release(),
                announcement.channel());
        return announcement.before().orElseGet(() -> new Announced(announcement.channel(), "", Map.of()));
    }
}
