package dev.slipway.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Awaits a condition of the real world, with a limit. */
final class Eventually {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private Eventually() {}

    static void holds(String what, Duration within, Supplier<Boolean> condition) {
        Instant deadline = Instant.now().plus(within);
        while (!condition.get()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not within " + within + ": " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
