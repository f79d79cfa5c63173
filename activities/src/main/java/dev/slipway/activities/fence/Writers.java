package dev.slipway.activities.fence;

import dev.slipway.workflows.undo.Permit;
import java.util.function.Consumer;

/** Gives out the right to write in a slot, to one at a time. */
public interface Writers extends AutoCloseable {
    /**
     * Waits until nobody else is at work in the slot.
     *
     * @param namespace of the slot
     * @param call which attempt of which call asks, unique; for people and for recognising it
     * @param beat called at least every two seconds while it waits; what it throws ends the wait
     * @throws io.temporal.failure.ApplicationFailure FENCED when the slot is not the permit's any more
     */
    Writer take(Permit permit, String namespace, String call, Consumer<String> beat);

    @Override
    default void close() {}
}
