package dev.slipway.activities.watch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one {@link PodScrapes} list and scrape again and again, until it is closed. */
final class Rhythm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rhythm.class);

    private final Future<?> rounds;
    private final Future<?> lists;
    private volatile Runnable bell = () -> {};
    private CompletableFuture<?> listing = CompletableFuture.completedFuture(null);

    /**
     * @param relist between two lists of the pods
     * @param timer has one thread, which is never held up
     * @param patient for what may take long, one call of each rhythm at a time
     */
    Rhythm(PodScrapes scrapes, Duration relist, ScheduledExecutorService timer, ExecutorService patient) {
        lists = repeat(timer, relist, () -> relist(scrapes, patient));
        rounds = repeat(timer, scrapes.every(), () -> round(scrapes));
    }

    /** Rings whenever all pods have answered a round, one way or the other; must return at once. */
    void onRound(Runnable ring) {
        bell = ring;
    }

    private void round(PodScrapes scrapes) {
        CompletableFuture<?>[] pods = scrapes.round().values().toArray(CompletableFuture<?>[]::new);
        if (pods.length > 0) {
            // what fails in a scrape is in its samples
            var unused = CompletableFuture.allOf(pods).thenRun(() -> run(bell));
        }
    }

    private static Future<?> repeat(ScheduledExecutorService timer, Duration every, Runnable body) {
        return timer.scheduleAtFixedRate(() -> run(body), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An exception would end the repetition without a word. */
    private static void run(Runnable body) {
        try {
            body.run();
        } catch (RuntimeException e) {
            LOG.warn("a round of scrapes failed", e);
        }
    }

    /** Only the timer's one thread comes here. */
    private void relist(PodScrapes scrapes, ExecutorService patient) {
        if (listing.isDone()) {
            listing = CompletableFuture.runAsync(scrapes::relist, patient);
        }
    }

    @Override
    public void close() {
        rounds.cancel(false);
        lists.cancel(false);
    }
}
