package dev.slipway.activities.record;

import dev.slipway.activities.OneLine;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.workflows.api.RecordBatch;
import dev.slipway.workflows.api.Records;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps facts in the worker's log and nowhere else: one INFO line each. A batch that comes again is logged again. */
public final class LogRecords implements Records {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecords.class);

    @Override
    public void append(RecordBatch batch) {
        long number = batch.first();
        for (Fact fact : batch.facts()) {
            LOG.atInfo()
                    .addKeyValue("release", batch.view().release())
                    .addKeyValue("attempt", batch.view().attempt())
                    .addKeyValue("run", batch.runId())
                    .addKeyValue("number", number++)
                    .addKeyValue(
                            "environment",
                            fact.environment().map(EnvironmentName::value).orElse(""))
                    .addKeyValue("kind", fact.kind())
                    .log("{}", OneLine.of(fact.what()));
        }
    }
}
