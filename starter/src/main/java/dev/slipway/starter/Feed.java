package dev.slipway.starter;

import dev.slipway.model.ReleaseView;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One release, looked at again and again while somebody follows it; all followers share what was seen last. */
final class Feed {
    private final Supplier<Seen> look;
    private @Nullable News last;
    private @Nullable ReleaseView whole;
    private boolean closed;

    Feed(Supplier<Seen> look) {
        this.look = look;
    }

    /**
     * What was seen.
     *
     * @param number rises with every change, from 1
     * @param problem why nothing more can be seen
     * @param last nothing will follow
     */
    record News(
            long number,
            @Nullable ReleaseView view,
            @Nullable Refusal problem,
            boolean last) {
        boolean shows(@Nullable ReleaseView other) {
            return Objects.equals(view, other);
        }
    }

    /** Looks once. A look that fails because Temporal does not answer changes nothing. */
    void poll() {
        try {
            Seen seen = look.get();
            tell(visible(seen), null, seen.last());
        } catch (Refusal refusal) {
            if (!refusal.status().is5xxServerError()) {
                tell(null, refusal, true);
            }
        } catch (RuntimeException e) {
            if (!Temporal.unanswered(e)) {
                tell(null, Refusal.internal(), true);
                throw e;
            }
        }
    }

    /** Waits for news after the given number; empty when there are none in time, or nothing will come because of a shutdown. */
    synchronized Optional<News> next(long after, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!closed && (last == null || last.number() <= after)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        return Optional.ofNullable(last).filter(news -> news.number() > after);
    }

    /** Wakes everybody who waits; the process ends. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean closed() {
        return closed;
    }

    /** While no worker answers, the stages stay as they were seen, and the reason says so. */
    private synchronized ReleaseView visible(Seen seen) {
        if (!seen.stale()) {
            whole = seen.view();
            return seen.view();
        }
        return whole == null ? seen.view() : Views.because(whole, seen.view().reason());
    }

    private synchronized void tell(@Nullable ReleaseView view, @Nullable Refusal problem, boolean ended) {
        News before = last;
        if (before != null && (before.last() || (problem == null && !ended && before.shows(view)))) {
            return;
        }
        last = new News(before == null ? 1 : before.number() + 1, view, problem, ended);
        notifyAll();
    }
}
