package dev.slipway.activities;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says to the long activities of one worker process that it is about to stop: hand over now, another worker goes on. */
public final class Drain {
    private final CountDownLatch requests = new CountDownLatch(1);
    private int running;

    /** Asks everybody to hand over; may be called again. */
    public void request() {
        requests.countDown();
    }

    /** Whether it was asked for. */
    public boolean requested() {
        return requests.getCount() == 0;
    }

    /** Waits that long, or until it is asked for if that is sooner; true when it is asked for. */
    public boolean await(Duration atMost) throws InterruptedException {
        return requests.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Something has begun that goes on after the call that began it, and that a worker has to wait for. */
    public synchronized void begun() {
        running++;
    }

    /** One such thing has ended. */
    public synchronized void ended() {
        running--;
        notifyAll();
    }

    /** Waits that long at most for all that has begun; true when all has ended. */
    public synchronized boolean awaitEnd(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (running > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
