package dev.slipway.activities.emit;

import dev.slipway.workflows.api.Emission;
import dev.slipway.workflows.api.Sink;
import dev.slipway.workflows.api.Sinks;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each sink by the listener that this worker has for it; what it has none for goes to its log, and the release goes on. */
public final class Emitter implements Sinks {
    private static final Logger LOG = LoggerFactory.getLogger(Emitter.class);

    private final Map<Sink, Listener> listeners;

    /** With the listeners of those sinks that this worker was told of. */
    public Emitter(Map<Sink, Listener> listeners) {
        this.listeners = Map.copyOf(listeners);
    }

    @Override
    public void emit(Emission emission) {
        Listener listener = listeners.get(emission.sink());
        if (listener == null) {
            LOG.warn(
                    "{} should be told to {}, but this worker does not know where that is (docs/observability.md)",
                    emission.batch().view().release(),
                    emission.sink());
            return;
        }
        listener.hear(emission.batch());
    }
}
