package dev.slipway.activities.helm;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Awaits a condition of the world outside this JVM, with a limit. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Eventually() {}

    static void holds(Callable<Boolean> condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!now(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not become true within " + LIMIT);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static boolean now(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (java.io.IOException gone) {
            // a file under /proc vanished while it was read: look again
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
