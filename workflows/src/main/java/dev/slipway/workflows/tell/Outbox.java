package dev.slipway.workflows.tell;

import dev.slipway.model.Fact;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the facts of a release or a recovery to one who keeps them, beside whatever it is doing: in batches, in order, each
 * until it has arrived. The workflow's history is what remembers them until then, so nothing is lost and nobody waits.
 */
public final class Outbox {
    /** What is still untold then is for somebody who outlives the workflow. */
    private static final Duration AT_THE_END = Duration.ofSeconds(5);

    private static final int MOST_AT_ONCE = 100;

    private final Receiver receiver;
    private final List<Fact> untold = new ArrayList<>();
    private long told;
    private boolean closing;
    private @Nullable CancellationScope scope;
    private @Nullable Promise<Void> delivery;

    /** Who is told. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Returns when it has arrived.
         *
         * @param first number of the first fact, from 1 on
         */
        void take(long first, List<Fact> facts);
    }

    /** Nothing is told before {@link #begin()}. */
    public Outbox(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Begins to tell; from then on nothing of it reaches the caller. */
    public void begin() {
        CancellationScope own = Workflow.newDetachedCancellationScope(() -> delivery = Async.procedure(this::deliver));
        scope = own;
        own.run();
    }

    /** What is told next, after what came before; also before it has begun. */
    public void add(List<Fact> facts) {
        untold.addAll(facts);
    }

    private void deliver() {
        while (true) {
            Workflow.await(() -> closing || untold.stream().anyMatch(fact -> !fact.canWait()));
            if (untold.isEmpty()) {
                return;
            }
            List<Fact> batch = List.copyOf(untold.subList(0, Math.min(MOST_AT_ONCE, untold.size())));
            try {
                receiver.take(told + 1, batch);
            } catch (CanceledFailure givenUp) {
                return;
            }
            untold.subList(0, batch.size()).clear();
            told += batch.size();
        }
    }

    /** Waits a moment for the rest, and gives up what has not arrived by then. */
    public void end() {
        closing = true;
        Promise<Void> running = delivery;
        if (running != null && !Workflow.await(AT_THE_END, running::isCompleted) && scope != null) {
            scope.cancel("it has ended");
            Workflow.await(running::isCompleted);
        }
    }

    /** Number of the first fact that has not arrived, as far as is known. */
    public long first() {
        return told + 1;
    }

    /** What has not arrived, as far as is known. */
    public List<Fact> rest() {
        return List.copyOf(untold);
    }
}
