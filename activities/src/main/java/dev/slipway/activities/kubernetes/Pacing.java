package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.api.FailureType;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityWorkerShutdownException;
import java.time.Duration;
import java.time.Instant;

/** The time between two looks at the cluster, and the life sign that goes with it. */
interface Pacing {
    /** When the wait began, in an earlier attempt of the activity if there was one. */
    Instant startedAt();

    /** Now. */
    Instant now();

    /**
     * Tells what is seen and waits for the next look.
     *
     * @throws io.temporal.client.ActivityCompletionException when nobody wants the answer any more
     */
    void pause(String seen);

    /** Life sign of a wait, readable in the Temporal UI; its start survives the worker. */
    record Beat(Instant startedAt, String seen) {}

    /** The pacing of the activity that runs in the calling thread: a look every half second. */
    static Pacing ofActivity() {
        ActivityExecutionContext context = Activity.getExecutionContext();
        Instant startedAt =
                context.getHeartbeatDetails(Beat.class).map(Beat::startedAt).orElseGet(Instant::now);
        return new Pacing() {
            private final Duration between = Duration.ofMillis(500);

            @Override
            public Instant startedAt() {
                return startedAt;
            }

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void pause(String seen) {
                try {
                    context.heartbeat(new Beat(startedAt, seen));
                    Thread.sleep(between.toMillis());
                } catch (ActivityWorkerShutdownException e) {
                    throw FailureType.DRAINING.failure("the worker is draining; another one goes on waiting");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw FailureType.DRAINING.failure("the worker stops; another one goes on waiting");
                }
            }
        };
    }
}
