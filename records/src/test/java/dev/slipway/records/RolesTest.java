package dev.slipway.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Digests;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.Recovery;
import dev.slipway.model.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each role of docs/records-roles.sql may do. */
class RolesTest {
    private static final Postgres POSTGRES = Postgres.fresh();

    @BeforeAll
    static void tablesAndRoles() throws IOException {
        try (Database owner = new Database(POSTGRES.owner())) {
            owner.migrate();
        }
        String script = Files.readString(Path.of("../docs/records-roles.sql"));
        String roles = script.substring(script.indexOf("do $$"));
        for (int time = 0; time < 2; time++) {
            POSTGRES.execute("select set_config('slipway.environments', 'staging production', false); " + roles);
        }
        POSTGRES.execute("create user control in role slipway_writer");
        POSTGRES.execute("create user starter in role slipway_reader, slipway_keeper");
        POSTGRES.execute("create user of_production in role slipway_environment_production");
        try (Database writer = new Database(POSTGRES.as("control"))) {
            Journal journal = new Journal(writer);
            append(journal, "run-1", "podinfo@1.0.0", "staging");
            append(journal, "run-2", "podinfo@2.0.0", "production");
            append(journal, "run-2", "podinfo@2.0.0", "production");
        }
    }

    @Test
    void theWriterAddsFactsButChangesNone() {
        for (String sql : List.of("update facts set what = 'x'", "delete from facts", "truncate facts")) {
            assertThatThrownBy(() -> POSTGRES.rows("control", sql + " returning 1".repeat(sql.startsWith("t") ? 0 : 1)))
                    .as(sql)
                    .hasMessageContaining("permission denied for table facts");
        }
        assertThatThrownBy(() -> POSTGRES.rows("control", "delete from attempts returning 1"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> POSTGRES.rows("control", "alter table facts disable trigger user"))
                .hasMessageContaining("must be owner");
    }

    @Test
    void theWriterKeepsRecoveries() {
        try (Database writer = new Database(POSTGRES.as("control"))) {
            Journal journal = new Journal(writer);
            append(journal, "run-3", "other@1.0.0", "staging");
            Recovery recovery = Told.recovery("other@1.0.0", Told.stage("staging", "DONE", "LEFT_AS_IS"));
            journal.append(1, List.of(Told.fact(2, "staging", Fact.Kind.ENDED, "left")), recovery);
        }
        assertThat(POSTGRES.rows("control", "select outcome from stages where run_id = 'run-3'"))
                .containsExactly("LEFT_AS_IS");
    }

    @Test
    void theReaderSeesEverythingAndWritesNothing() {
        try (Database reader = new Database(POSTGRES.as("starter"))) {
            assertThat(new Archive(reader).facts(ReleaseId.parse("podinfo@2.0.0")))
                    .hasSize(1);
            assertThat(new Archive(reader).registry("podinfo", null)).hasSize(2);
        }
        assertThatThrownBy(() -> POSTGRES.rows("starter", "update attempts set outcome = 'PROMOTED' returning 1"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theKeeperAddsDocumentsButChangesNone() {
        try (Database starter = new Database(POSTGRES.as("starter"))) {
            byte[] text = {'-', 'a'};
            new Documents(starter).keep(Documents.Kind.DIFF, Digests.sha256(text), text);
            new Documents(starter).keep(Documents.Kind.DIFF, Digests.sha256(text), text);
            assertThat(new Documents(starter).find(Documents.Kind.DIFF, Digests.sha256(text)))
                    .hasValue(text);
        }
        for (String sql : List.of("update documents set content = ''", "delete from documents")) {
            assertThatThrownBy(() -> POSTGRES.rows("starter", sql + " returning 1"))
                    .as(sql)
                    .hasMessageContaining("permission denied for table documents");
        }
        assertThatThrownBy(() -> POSTGRES.rows(
                        "control",
                        "insert into documents (kind, digest, content) values ('diff', 'x', '') returning 1"))
                .hasMessageContaining("permission denied for table documents");
    }

    @Test
    void onlyTheOwnerForgets() {
        for (String role : List.of("control", "starter", "of_production")) {
            assertThatThrownBy(() -> POSTGRES.rows(role, "select * from forget(now() - interval '1 year')"))
                    .as(role)
                    .hasMessageContaining("permission denied for function forget");
        }
    }

    @Test
    void theReaderSeesWhatAnAuditorAsks() {
        for (String view : List.of("releases", "steps", "evidence", "decisions", "recoveries", "forgotten")) {
            assertThat(POSTGRES.rows("starter", "select count(*) >= 0 from " + view))
                    .as(view)
                    .containsExactly("t");
            assertThatThrownBy(() -> POSTGRES.rows("of_production", "select * from " + view))
                    .as(view)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void theRoleOfAnEnvironmentSeesItsRowsOfTheRegistryAlone() {
        assertThat(POSTGRES.rows("of_production", "select version, deployment_environment from model_registry_entries"))
                .containsExactly("2.0.0 production");
        assertThatThrownBy(() -> POSTGRES.rows("of_production", "select * from facts"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> POSTGRES.rows("of_production", "select * from stages"))
                .hasMessageContaining("permission denied");
    }

    private static void append(Journal journal, String run, String release, String environment) {
        journal.append(
                run,
                1,
                List.of(Told.fact(1, environment, Fact.Kind.ENDED, "ended")),
                Told.view(release, 1, 1, Phase.RUNNING, null, Told.stage(environment, "DONE", "PROMOTED")));
    }
}
