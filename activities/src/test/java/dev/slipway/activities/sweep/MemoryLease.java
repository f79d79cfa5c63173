package dev.slipway.activities.sweep;

import dev.slipway.activities.fence.Refusal;
import dev.slipway.activities.fence.Writer;
import dev.slipway.activities.fence.Writers;
import dev.slipway.workflows.undo.Permit;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The right to write in one slot; in this world whoever does not give it back has died, so the next one takes it over. */
final class MemoryLease implements Writers {
    private @Nullable Object holder;

    @Override
    public synchronized Writer take(Permit permit, String namespace, String call, Consumer<String> beat) {
        Object taken = new Object();
        holder = taken;
        return new Writer() {
            @Override
            public Optional<Refusal> refusal() {
                return holds(taken)
                        ? Optional.empty()
                        : Optional.of(new Refusal(Refusal.Kind.LOST, call + " does not hold the Lease any more"));
            }

            @Override
            public void close() {
                giveBack(taken);
            }
        };
    }

    private synchronized boolean holds(Object taken) {
        return holder == taken;
    }

    private synchronized void giveBack(Object taken) {
        holder = holder == taken ? null : holder;
    }
}
