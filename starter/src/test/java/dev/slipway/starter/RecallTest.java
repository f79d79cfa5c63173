package dev.slipway.starter;

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
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of releases, from two who know them. */
class RecallTest {
    private static final Catalogue.Filter ALL =
            new Catalogue.Filter(Optional.empty(), Optional.empty(), Optional.empty());

    private final Database database = new Database(Postgres.fresh().owner());

    @BeforeEach
    void twoAreOnRecord() {
        kept("podinfo@1.0.0", 1, Phase.DONE, "PROMOTED");
        kept("podinfo@2.0.0", 2, Phase.RUNNING, null);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatTemporalHasForgottenIsListedBesideWhatItKnows() {
        Recall.Listing list = recall(row("podinfo@2.0.0", "DONE"), row("podinfo@3.0.0", "RUNNING"))
                .list(ALL, any -> true, page(10));

        assertThat(list.releases())
                .extracting(row -> row.release() + " " + row.phase() + " " + row.source())
                .containsExactlyInAnyOrder(
                        "podinfo@1.0.0 DONE records", "podinfo@2.0.0 DONE temporal", "podinfo@3.0.0 RUNNING temporal");
        assertThat(list.note()).isEmpty();
    }

    @Test
    void aPhaseThatTemporalKnowsBetterIsNotTakenFromTheRecords() {
        Catalogue.Filter running = new Catalogue.Filter(Optional.empty(), Optional.of(Phase.RUNNING), Optional.empty());

        assertThat(recall(row("podinfo@2.0.0", "DONE"))
                        .list(running, any -> true, page(10))
                        .releases())
                .isEmpty();
    }

    @Test
    void nobodySeesARowThatHeMayNotRead() {
        Predicate<ReleaseId> second = id -> id.version().value().equals("2.0.0");

        assertThat(recall().list(ALL, second, page(10)).releases())
                .extracting(row -> row.release().toString())
                .containsExactly("podinfo@2.0.0");
    }

    @Test
    void theNewestComeFirstAndNotMoreThanAskedFor() {
        assertThat(recall().list(ALL, any -> true, page(1)).releases())
                .extracting(row -> row.release().toString())
                .containsExactly("podinfo@2.0.0");
    }

    @Test
    void recordsThatAreAwayDoNotHideWhatTemporalKnows() {
        try (Database away = new Database(new Access("jdbc:postgresql://127.0.0.1:1/none", "slipway", null, false))) {
            Recall recall = new Recall(Optional.of(new Archive(away)), catalogue(row("podinfo@3.0.0", "RUNNING")));

            Recall.Listing list = recall.list(ALL, any -> true, page(10));

            assertThat(list.releases()).hasSize(1);
            assertThat(list.note()).startsWith("the records do not answer");
        }
    }

    @Test
    void whenBothAreAwayItIsTemporalThatIsMissed() {
        Recall recall = new Recall(Optional.empty(), catalogue((ReleaseRow[]) null));

        assertThatThrownBy(() -> recall.list(ALL, any -> true, page(10))).isInstanceOf(StatusRuntimeException.class);
    }

    @Test
    void thePagesTogetherAreTheListWhereverARowComesFrom() {
        Recall recall = recall(row("podinfo@3.0.0", "RUNNING"), row("podinfo@2.0.0", "DONE"));

        Recall.Listing first = recall.list(ALL, any -> true, page(2));
        Recall.Listing rest = recall.list(ALL, any -> true, Page.of(2, first.cursor()));

        assertThat(first.releases()).hasSize(2).noneMatch(row -> row.source().equals("records"));
        assertThat(rest.releases()).extracting(row -> row.release().toString()).containsExactly("podinfo@1.0.0");
        assertThat(rest.cursor()).isNull();
    }

    private static Page page(int limit) {
        return Page.of(limit, null);
    }

    private Recall recall(ReleaseRow... known) {
        return new Recall(Optional.of(new Archive(database)), catalogue(known));
    }

    /** Null stands for a Temporal that is away. */
    private static Catalogue catalogue(ReleaseRow @Nullable ... known) {
        return new Catalogue(null, null, null) {
            @Override
            List<ReleaseRow> list(Filter filter, Predicate<ReleaseId> readable, int limit) {
                if (known == null) {
                    throw new StatusRuntimeException(Status.UNAVAILABLE);
                }
                return List.of(known);
            }
        };
    }

    private static ReleaseRow row(String release, String phase) {
        ReleaseId id = ReleaseId.parse(release);
        return new ReleaseRow(
                id, id.service(), id.version(), 1, phase, null, "", "ci", Map.of(), Instant.now(), null, "temporal");
    }

    private void kept(String release, int minute, Phase phase, @Nullable String outcome) {
        new Journal(database)
                .append(
                        "run of " + release,
                        1,
                        List.of(Told.fact(minute, "", Fact.Kind.REQUESTED, "requested")),
                        Told.view(release, 1, minute, phase, outcome));
    }
}
