package dev.slipway.activities.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then, beside a watch, whether somebody else has changed what its stage has left. It runs in a thread of its
 * own: an API server that does not answer must not make the watch blind. What is found is believed when the next look finds
 * it too, because the first may have come in between two writes.
 */
final class Comparison {
    private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);

    private final @Nullable Supplier<Optional<String>> look;
    private final Executor executor;
    private final Supplier<Duration> between;
    private @Nullable CompletableFuture<Optional<String>> running;
    private Duration began = Duration.ZERO;
    private Duration next = Duration.ZERO;
    private boolean suspicious;

    /**
     * @param look one comparison, empty when all is as it was left; absent when there is nothing to compare
     * @param between two looks; may grow while it runs
     */
    Comparison(@Nullable Supplier<Optional<String>> look, Executor executor, Supplier<Duration> between) {
        this.look = look;
        this.executor = executor;
        this.between = between;
    }

    /** One that never looks. */
    static Comparison none() {
        return new Comparison(null, Runnable::run, () -> Duration.ZERO);
    }

    /** Whether it ever looks. */
    boolean isAsked() {
        return look != null;
    }

    /**
     * What somebody else changed, when two looks in a row have found something. Returns at once.
     *
     * @param now how long the watch runs
     */
    Optional<String> found(Duration now) {
        if (look != null && running == null && (suspicious || now.compareTo(next) >= 0)) {
            began = now;
            running = CompletableFuture.supplyAsync(look, executor);
        }
        return running != null && running.isDone() ? taken(running) : Optional.empty();
    }

    private Optional<String> taken(CompletableFuture<Optional<String>> done) {
        running = null;
        next = began.plus(between.get());
        boolean before = suspicious;
        Optional<String> found = answer(done);
        suspicious = found.isPresent();
        return before ? found : Optional.empty();
    }

    private static Optional<String> answer(CompletableFuture<Optional<String>> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            LOG.warn("cannot compare with what the stage has left: {}", String.valueOf(e.getCause()));
            return Optional.empty();
        }
    }

    /**
     * Whether nobody interfered up to this moment, as far as the cluster tells: a pass waits for it. When it is false, ask
     * again after the next {@link #found}.
     *
     * @param asked when the pass was seen first
     */
    boolean isClearSince(Duration asked) {
        if (look == null || running == null && !suspicious && began.compareTo(asked) >= 0) {
            return true;
        }
        next = asked.compareTo(next) < 0 ? asked : next;
        return false;
    }
}
