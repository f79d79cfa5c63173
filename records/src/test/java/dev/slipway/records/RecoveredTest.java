package dev.slipway.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.Entry;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.StageView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of a recovery, and what it says of the stage that was gone. */
class RecoveredTest {
    private static final String GONE = "podinfo@2.0.0";
    private static final Fact REQUESTED = Told.fact(60, "production", Fact.Kind.REQUESTED, "recovery requested");
    private static final Fact ENDED = Told.fact(61, "production", Fact.Kind.ENDED, "ROLLED_BACK");

    private final Postgres postgres = Postgres.fresh();
    private final Database database = new Database(postgres.owner());
    private final Journal journal = new Journal(database);
    private final Archive archive = new Archive(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aRecoveryHasAChainOfItsOwnBehindThatOfItsRelease() {
        goneInProduction();
        recovered(1, "UNDOING", null, REQUESTED);
        recovered(1, "DONE", "ROLLED_BACK", REQUESTED, ENDED);

        List<Entry> facts = archive.facts(ReleaseId.parse(GONE));
        assertThat(facts)
                .extracting(fact -> fact.run() + " " + fact.number() + " " + fact.kind())
                .containsExactly(
                        "run-2 1 REQUESTED",
                        "recovery-of-podinfo@2.0.0 1 REQUESTED",
                        "recovery-of-podinfo@2.0.0 2 ENDED");
        assertThat(facts.get(1).previous()).isEqualTo(Entry.NONE);
        assertThat(facts.get(2).previous()).isEqualTo(facts.get(1).hash());
        assertThat(rows(
                        "select service, version, attempt, environment, gone_run_id, requested_by, state, outcome, facts,"
                                + " ended_at - started_at from recoveries"))
                .containsExactly("podinfo 2.0.0 1 production stage-run approver-1 DONE ROLLED_BACK 2 00:01:00");
    }

    @Test
    void aFactThatComesAgainWithOtherContentIsRefused() {
        goneInProduction();
        recovered(1, "DONE", "ROLLED_BACK", REQUESTED, ENDED);
        Fact other = Told.fact(61, "production", Fact.Kind.ENDED, "LEFT_AS_IS");

        assertThatThrownBy(() -> recovered(2, "DONE", "ROLLED_BACK", other))
                .isInstanceOf(Contradiction.class)
                .hasMessageContaining("fact 2 of podinfo@2.0.0 attempt 1 is kept as 'ROLLED_BACK'");
    }

    @Test
    void theRegistryHearsOfIt() {
        told("podinfo@1.0.0", "run-1", Told.stage("production", "DONE", "PROMOTED"));
        goneInProduction();
        assertThat(registry()).containsExactly("1.0.0 READY next 2.0.0");

        recovered(1, "STUCK", null, REQUESTED);
        assertThat(registry()).containsExactly("2.0.0 UNCERTAIN next 2.0.0");

        recovered(2, "DONE", "ROLLED_BACK", ENDED);
        assertThat(registry()).containsExactly("1.0.0 READY");
    }

    @Test
    void whatTheReleaseTellsLateDoesNotContradictIt() {
        recovered(1, "DONE", "ROLLED_BACK", REQUESTED, ENDED);

        goneInProduction();
        journal.append(
                "run-2",
                2,
                List.of(Told.fact(3, "production", Fact.Kind.ENDED, "closed by force")),
                Told.view(GONE, 1, 2, Phase.DONE, "LEFT_AS_IS", Told.stage("production", "DONE", "LEFT_AS_IS")));

        assertThat(rows("select state, outcome from stages")).containsExactly("DONE ROLLED_BACK");
        assertThat(registry()).containsExactly("2.0.0 ROLLED_BACK");
    }

    @Test
    void aRecoveryThatWasRefusedLeavesTheStageAsItWas() {
        goneInProduction();

        recovered(1, "RUNNING", null, REQUESTED);
        recovered(2, "DONE", "REFUSED", ENDED);

        assertThat(rows("select state, outcome from stages")).containsExactly("RAMPING null");
    }

    @Test
    void theLatestOfSeveralCounts() {
        goneInProduction();
        recovered(1, "DONE", "ROLLED_BACK", REQUESTED, ENDED);
        postgres.execute("insert into recoveries (run_id, release, service, version, attempt, environment, gone_run_id,"
                + " requested_by, state, outcome, reason, view, started_at, ended_at, head) select 'earlier', release, service,"
                + " version, attempt, environment, gone_run_id, requested_by, 'DONE', 'LEFT_AS_IS', '', view,"
                + " started_at - interval '1 hour', ended_at - interval '1 hour', '' from recoveries");

        assertThat(rows("select outcome from stages")).containsExactly("ROLLED_BACK");
    }

    @Test
    void neitherGoesBeforeItsFacts() {
        goneInProduction();
        recovered(1, "DONE", "ROLLED_BACK", REQUESTED, ENDED);

        for (String table : List.of("attempts", "recoveries")) {
            assertThatThrownBy(() -> rows("delete from " + table + " returning 1"))
                    .as(table)
                    .hasMessageContaining("there are facts of it");
        }
        assertThatThrownBy(() -> rows("truncate recoveries")).hasMessageContaining("there are facts of it");
        assertThatThrownBy(() -> rows(
                        "insert into facts select 'nobody', number, release, attempt, at, environment, kind, what, details,"
                                + " evidence, previous, hash from facts returning 1"))
                .hasMessageContaining("no attempt and no recovery has the run nobody");
    }

    private void goneInProduction() {
        told(GONE, "run-2", Told.stage("production", "RAMPING", null));
    }

    private void told(String release, String run, StageView stage) {
        int minute = Integer.parseInt(run.substring("run-".length()));
        Fact fact = Told.fact(minute, "", Fact.Kind.REQUESTED, "requested");
        journal.append(run, 1, List.of(fact), Told.view(release, 1, minute, Phase.RUNNING, null, stage));
    }

    private void recovered(long first, String state, @Nullable String outcome, Fact... facts) {
        journal.append(first, List.of(facts), Told.recovery(GONE, Told.stage("production", state, outcome)));
    }

    private List<String> registry() {
        return archive.registry("podinfo", "production").stream()
                .map(entry -> entry.version() + " " + entry.status()
                        + (entry.nextVersion() == null ? "" : " next " + entry.nextVersion()))
                .toList();
    }

    private List<String> rows(String query) {
        return postgres.rows("postgres", query);
    }
}
