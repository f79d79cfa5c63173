package dev.slipway.workflows.testing;

import dev.slipway.workflows.api.Announced;
import dev.slipway.workflows.api.Announcement;
import dev.slipway.workflows.api.Announcer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A channel that keeps what it was told, and may be away. */
public final class RecordingAnnouncer implements Announcer {
    private final List<Announcement> heard = new ArrayList<>();
    private boolean away;

    @Override
    public synchronized Announced announce(Announcement announcement) {
        if (away) {
            throw new IllegalStateException("the channel is away");
        }
        heard.add(announcement);
        return announcement.before().orElseGet(() -> new Announced(announcement.channel(), "1.1", Map.of()));
    }

    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    /** In the order in which it came. */
    public synchronized List<Announcement> heard() {
        return List.copyOf(heard);
    }
}
