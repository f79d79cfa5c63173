package dev.slipway.activities;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says to the long activities of one worker process that it is about to stop: hand over now, another worker goes on. */
public final class Drain {
    private final CountDownLatch requests = new CountDownLatch(1);

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
}
