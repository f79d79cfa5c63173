package dev.slipway.activities.emit;

import dev.slipway.workflows.api.Emission;
import dev.slipway.workflows.api.Sinks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Of a worker that was told of no sink: says so in its log, and the release goes on. */
public final class NoSink implements Sinks {
    private static final Logger LOG = LoggerFactory.getLogger(NoSink.class);

    @Override
    public void emit(Emission emission) {
        LOG.warn(
                "{} should be told to {}, but this worker was told of none (docs/observability.md)",
                emission.batch().view().release(),
                emission.sink());
    }
}
