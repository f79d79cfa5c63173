package dev.slipway.activities.load;

import dev.slipway.activities.Drain;
import dev.slipway.workflows.api.FailureType;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;

/** The time between two looks at a load, and the life sign that goes with it. */
interface Pace {
    /** How soon an ended Job is noticed. */
    Duration BETWEEN = Duration.ofSeconds(5);

    /** Which attempt of which call this is; unique. */
    String call();

    /** Nanoseconds since some moment; only differences mean something. */
    long nanos();

    /**
     * Says that we live.
     *
     * @param seen for the Temporal UI
     * @throws io.temporal.client.ActivityCompletionException when nobody wants the load any more
     */
    void beat(String seen);

    /** Says what is seen and waits for the next look. DRAINING when the worker stops: another one goes on. */
    void pause(String seen);

    /** The pace of the activity that runs in the calling thread. */
    static Pace ofActivity(Drain drain) {
        ActivityExecutionContext context = Activity.getExecutionContext();
        return new Pace() {
            @Override
            public String call() {
                return context.getInfo().getActivityId() + "/"
                        + context.getInfo().getAttempt();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void beat(String seen) {
                context.heartbeat(seen);
            }

            @Override
            public void pause(String seen) {
                context.heartbeat(seen);
                try {
                    if (drain.await(BETWEEN)) {
                        throw FailureType.DRAINING.failure("the worker is draining; another one keeps the load up");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw FailureType.DRAINING.failure("the worker stops; another one keeps the load up");
                }
            }
        };
    }
}
