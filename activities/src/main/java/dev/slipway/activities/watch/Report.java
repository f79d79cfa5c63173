package dev.slipway.activities.watch;

import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;

/**
 * What one watch tells the workflow that waits for it. Each call may take seconds; a {@link RuntimeException} says that it is
 * unknown whether it got through.
 */
interface Report {
    /** Without a beat for so long, somebody else is told to watch. */
    Duration timeout();

    /** The watch lives, and this is what it has seen. */
    void beat(WatchState seen) throws NotWanted;

    /** The watch is over. */
    void end(WatchResult result) throws NotWanted;

    /** The watch cannot go on. */
    void fail(Exception cause) throws NotWanted;

    /** Nobody waits for this watch any more: it was cancelled, somebody else watches by now, or the workflow is gone. */
    final class NotWanted extends Exception {
        private static final long serialVersionUID = 1;

        NotWanted(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
