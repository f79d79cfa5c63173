package dev.slipway.activities.helm;

import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import java.util.UUID;

/** Tells that we live, and hears that we shall stop. */
@FunctionalInterface
interface Pulse {
    /** Nobody listens and nobody stops us. */
    Pulse NONE = detail -> {};

    /**
     * Says that we live.
     *
     * @param detail what is going on, for the Temporal UI
     * @throws ActivityCompletionException when the activity is cancelled or no longer wanted
     */
    void beat(String detail);

    /** Which attempt of which activity this is; unique. */
    default String call() {
        return UUID.randomUUID().toString();
    }

    /** How often this activity was tried, this try included. */
    default int attempt() {
        return 1;
    }

    /** The heartbeat of the activity that runs in the calling thread. A draining worker lets helm finish. */
    static Pulse ofActivity() {
        var context = Activity.getExecutionContext();
        return new Pulse() {
            @Override
            public void beat(String detail) {
                try {
                    context.heartbeat(detail);
                } catch (ActivityWorkerShutdownException draining) {
                    // helm takes seconds; killing it would leave more behind than finishing late
                }
            }

            @Override
            public String call() {
                return context.getInfo().getActivityId() + "/"
                        + context.getInfo().getAttempt();
            }

            @Override
            public int attempt() {
                return context.getInfo().getAttempt();
            }
        };
    }
}
