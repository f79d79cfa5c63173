package dev.slipway.activities.watch;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few threads of a hub, kept apart by what they wait for, so that none of Prometheus, the API server and Temporal can hold
 * up what needs another one. All are daemons, and end when they have nothing to do.
 */
final class Hands {
    private static final long IDLE_SECONDS = 30;
    private static final int MOST_LOOKING = 64;

    /** Queries that several share. */
    final ThreadPoolExecutor asking = pool("watch-ask", 8);

    /** Looks that may have to ask for themselves again. */
    final ThreadPoolExecutor alone = pool("watch-alone", 8);

    /** Looks whose questions are answered: only arithmetic, unless one has to take traffic off, when another thread comes in. */
    final ForkJoinPool looking;

    /** Comparisons with what the stages have left. */
    final ThreadPoolExecutor comparing = pool("watch-compare", 8);

    /** Trips, each of which must begin at once. */
    final ThreadPoolExecutor tripping = pool("watch-trip", 64);

    /** Heartbeats. */
    final ThreadPoolExecutor beating = pool("watch-beat", 4);

    /** Results, which must not wait behind heartbeats, and what is to be done in a moment. */
    final ScheduledThreadPoolExecutor telling;

    Hands(int looks) {
        looking = new ForkJoinPool(
                looks, Hands::looker, null, true, 0, MOST_LOOKING, 1, full -> true, IDLE_SECONDS, TimeUnit.SECONDS);
        telling = new ScheduledThreadPoolExecutor(8, factory("watch-tell"));
        telling.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        telling.allowCoreThreadTimeOut(true);
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ForkJoinWorkerThread looker(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("watch-look-" + thread.getPoolIndex());
        thread.setContextClassLoader(Hands.class.getClassLoader());
        return thread;
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger next = new AtomicInteger();
        return body -> {
            Thread thread = new Thread(body, name + "-" + next.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(Hands.class.getClassLoader());
            return thread;
        };
    }

    /** Runs it after a pause. */
    void after(Duration pause, Runnable body) {
        // what fails in there says so itself
        var unused = telling.schedule(body, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
