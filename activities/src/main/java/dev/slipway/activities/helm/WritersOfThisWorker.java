package dev.slipway.activities.helm;

import dev.slipway.activities.fence.Writer;
import dev.slipway.activities.fence.Writers;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.undo.Permit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One writer per slot in this worker, and nothing about others. */
final class WritersOfThisWorker implements Writers {
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    @Override
    public Writer take(Permit permit, String namespace, String call, Consumer<String> beat) {
        String slot = namespace + "/" + permit.stamp().release().service();
        if (!busy.add(slot)) {
            throw FailureType.HELM_LOCKED.failure("this worker is still at work on " + slot + " for an earlier try");
        }
        return new Writer() {
            @Override
            public Optional<String> refusal() {
                return Optional.empty();
            }

            @Override
            public void close() {
                busy.remove(slot);
            }
        };
    }
}
