package dev.slipway.activities.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.records.Access;
import dev.slipway.records.Archive;
import dev.slipway.records.Database;
import dev.slipway.records.Journal;
import dev.slipway.records.Postgres;
import dev.slipway.records.Told;
import dev.slipway.records.Unavailable;
import dev.slipway.workflows.api.RecordBatch;
import dev.slipway.workflows.api.Records;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresRecordsTest {
    @Test
    void keepsABatchAndKeepsItOnce() {
        try (Database database = new Database(Postgres.fresh().owner())) {
            Records records = new PostgresRecords(new Journal(database));
            records.append(batch("requested by ci"));
            records.append(batch("requested by ci"));

            assertThat(new Archive(database).facts(ReleaseId.parse("podinfo@1.0.0")))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.what()).isEqualTo("requested by ci"));
        }
    }

    @Test
    void aContradictionIsNotTriedAgain() {
        try (Database database = new Database(Postgres.fresh().owner())) {
            Records records = new PostgresRecords(new Journal(database));
            records.append(batch("requested by ci"));

            assertThatThrownBy(() -> records.append(batch("requested by somebody else")))
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            failure -> assertThat(failure.isNonRetryable()).isTrue())
                    .hasMessageContaining("comes again");
        }
    }

    @Test
    void anOutageIsTriedAgain() {
        try (Database away = new Database(new Access("jdbc:postgresql://127.0.0.1:1/none", "slipway", null, false))) {
            Records records = new PostgresRecords(new Journal(away));

            assertThatThrownBy(() -> records.append(batch("requested by ci"))).isInstanceOf(Unavailable.class);
        }
    }

    private static RecordBatch batch(String what) {
        return new RecordBatch(
                "run",
                1,
                List.of(Told.fact(1, "", Fact.Kind.REQUESTED, what)),
                Told.view("podinfo@1.0.0", 1, 1, Phase.RUNNING, null));
    }
}
