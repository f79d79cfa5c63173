package dev.slipway.activities.watch;

import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A workflow that waits for one watch, as far as the watch can see of it. */
final class FakeReport implements Report {
    final CompletableFuture<WatchResult> result = new CompletableFuture<>();
    final CompletableFuture<Exception> failure = new CompletableFuture<>();
    final CountDownLatch beats = new CountDownLatch(2);
    final AtomicInteger reports = new AtomicInteger();
    volatile Duration timeout = Duration.ofMillis(100);
    volatile boolean wanted = true;
    volatile int lost;

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public void beat(WatchState seen) throws NotWanted {
        said();
        beats.countDown();
    }

    @Override
    public void end(WatchResult end) throws NotWanted {
        said();
        result.complete(end);
    }

    @Override
    public void fail(Exception cause) throws NotWanted {
        said();
        failure.complete(cause);
    }

    private void said() throws NotWanted {
        reports.incrementAndGet();
        if (!wanted) {
            throw new NotWanted("cancelled", new IllegalStateException());
        }
        if (lost > 0) {
            lost--;
            throw new IllegalStateException("no connection");
        }
    }
}
