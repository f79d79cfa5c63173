package dev.slipway.starter;

import dev.slipway.model.ReleaseId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The feeds that somebody follows: one per release, whatever the number of followers. Ends before the web server does. */
@Component
class Feeds implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
    private static final long PERIOD_MILLIS = 500;
    private static final int THREADS = 4;

    private final Views views;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "feeds");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<ReleaseId, Shared> shared = new HashMap<>();
    private boolean running;

    Feeds(Views views) {
        this.views = views;
    }

    /** The feed of a release; give it back with {@link #leave}. */
    synchronized Feed follow(ReleaseId id) {
        Shared one = shared.computeIfAbsent(id, this::begin);
        one.followers++;
        return one.feed;
    }

    /** Stops looking when nobody else follows. */
    synchronized void leave(ReleaseId id) {
        Shared one = shared.get(id);
        if (one != null && --one.followers == 0) {
            shared.remove(id);
            one.polling.cancel(false);
        }
    }

    private Shared begin(ReleaseId id) {
        Feed feed = new Feed(() -> views.see(id));
        return new Shared(
                feed, clock.scheduleWithFixedDelay(() -> poll(id, feed), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS));
    }

    private static void poll(ReleaseId id, Feed feed) {
        try {
            feed.poll();
        } catch (RuntimeException e) {
            LOG.error("the feed of {} ends", id, e);
        }
    }

    @Override
    public synchronized void start() {
        running = true;
    }

    @Override
    public synchronized void stop() {
        running = false;
        clock.shutdownNow();
        shared.values().forEach(one -> one.feed.close());
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    /** Before the graceful shutdown of the web server, which waits for open streams. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private static final class Shared {
        private final Feed feed;
        private final ScheduledFuture<?> polling;
        private int followers;

        Shared(Feed feed, ScheduledFuture<?> polling) {
            this.feed = feed;
            this.polling = polling;
        }
    }
}
