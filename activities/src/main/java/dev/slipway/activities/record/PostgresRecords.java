package dev.slipway.activities.record;

import dev.slipway.records.Contradiction;
import dev.slipway.records.Journal;
import dev.slipway.workflows.api.RecordBatch;
import dev.slipway.workflows.api.Records;
import dev.slipway.workflows.api.RecoveryBatch;
import io.temporal.failure.ApplicationFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps facts in PostgreSQL. An outage is tried again for as long as it lasts; a fact that contradicts what is kept is not, because
 * that does not heal: it is logged as an error, stays in Temporal as a failed activity, and the release goes on.
 */
public final class PostgresRecords implements Records {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresRecords.class);

    private final Journal journal;

    public PostgresRecords(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void append(RecordBatch batch) {
        keep(batch.runId(), () -> journal.append(batch.runId(), batch.first(), batch.facts(), batch.view()));
    }

    @Override
    public void appendRecovery(RecoveryBatch batch) {
        keep(batch.recovery().runId(), () -> journal.append(batch.first(), batch.facts(), batch.recovery()));
    }

    private static void keep(String run, Runnable append) {
        try {
            append.run();
        } catch (Contradiction refused) {
            LOG.error("the records refuse a batch of run {}: {}", run, refused.getMessage());
            throw ApplicationFailure.newNonRetryableFailure(refused.getMessage(), "RecordsContradict");
        }
    }
}
