package dev.slipway.activities.fence;

import dev.slipway.workflows.api.FailureType;
import java.time.Duration;

/** Time that only goes forward, on this machine alone: clocks of two machines are never compared. */
interface Pace {
    /** The machine's own. */
    Pace REAL = new Pace() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) {
            try {
                Thread.sleep(duration.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw FailureType.DRAINING.failure("the worker stops while it waits for the right to write");
            }
        }
    };

    /** Nanoseconds since some moment; only differences mean something. */
    long nanos();

    /** Returns when the time is over. */
    void pause(Duration duration);
}
