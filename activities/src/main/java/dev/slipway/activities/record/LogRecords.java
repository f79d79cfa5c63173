package dev.slipway.activities.record;

import dev.slipway.activities.OneLine;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.Recovery;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.RecordBatch;
import dev.slipway.workflows.api.Records;
import dev.slipway.workflows.api.RecoveryBatch;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps facts in the worker's log and nowhere else: one INFO line each. A batch that comes again is logged again. */
public final class LogRecords implements Records {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecords.class);

    @Override
    public void append(RecordBatch batch) {
        log(batch.view().release(), batch.view().attempt(), batch.runId(), batch.first(), batch.facts());
    }

    @Override
    public void appendRecovery(RecoveryBatch batch) {
        Recovery recovery = batch.recovery();
        log(recovery.release(), recovery.attempt(), recovery.runId(), batch.first(), batch.facts());
    }

    private static void log(ReleaseId release, int attempt, String run, long first, List<Fact> facts) {
        long number = first;
        for (Fact fact : facts) {
            LOG.atInfo()
                    .addKeyValue("release", release)
                    .addKeyValue("attempt", attempt)
                    .addKeyValue("run", run)
                    .addKeyValue("number", number++)
                    .addKeyValue(
                            "environment",
                            fact.environment().map(EnvironmentName::value).orElse(""))
                    .addKeyValue("kind", fact.kind())
                    .log("{}", OneLine.of(fact.what()));
        }
    }
}
