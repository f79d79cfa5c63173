package dev.slipway.activities.watch;

import java.time.Duration;

/**
 * When a watch tells that it lives: late enough that ten thousand soaks are not nothing but heartbeats, and so early that three
 * that get lost in a row cost nothing.
 *
 * @param afterHeard from one that was heard to the next
 * @param afterLost from one that may not have been heard to the next
 */
record Beats(Duration afterHeard, Duration afterLost) {
    /** Within less, somebody is waiting for the evidence of the pods, which is lost from the last beat on when a worker dies. */
    private static final Duration LONG = Duration.ofMinutes(1);

    /** For a watch that is given to another worker after so long without a beat. */
    static Beats within(Duration timeout) {
        Duration tenth = timeout.dividedBy(10);
        return new Beats(tenth.multipliedBy(timeout.compareTo(LONG) < 0 ? 3 : 6), tenth);
    }
}
