package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.audit.Verifier;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.pipeline.Bundle;
import dev.slipway.records.Database;
import dev.slipway.records.Journal;
import dev.slipway.records.Postgres;
import dev.slipway.records.Told;
import dev.slipway.workflows.api.RecordBatch;
import dev.slipway.workflows.api.Records;
import dev.slipway.workflows.api.RecoveryBatch;
import dev.slipway.workflows.testing.Scenario;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RecordsTest {
    @TempDir
    Path folder;

    private final Postgres postgres = Postgres.fresh();

    /** Keeps what workflows tell. */
    public static final class Kept implements Records {
        private final Journal journal;

        Kept(Database database) {
            this.journal = new Journal(database);
        }

        @Override
        public void append(RecordBatch batch) {
            journal.append(batch.runId(), batch.first(), batch.facts(), batch.view());
        }

        @Override
        public void appendRecovery(RecoveryBatch batch) {
            journal.append(batch.first(), batch.facts(), batch.recovery());
        }
    }

    @Test
    void whatHappenedInAReleaseCanBeReadAndVerified() throws Exception {
        try (Database database = new Database(postgres.owner());
                Installation slipway = Installation.recorded(folder, new Kept(database), postgres)) {
            Api ci = slipway.as("ci");
            ci.start(Installation.bundle(folder, "podinfo", ""), Api.request("1.0.0"));
            ci.awaitPhase("podinfo@1.0.0", "WAITING");
            slipway.as("approver-1")
                    .post(
                            "/api/v1/releases/podinfo@1.0.0/decisions",
                            "{\"gate\":\"production/approve\",\"choice\":\"REJECT\",\"reason\":\"no\"}");
            ci.awaitPhase("podinfo@1.0.0", "DONE");

            // the records hear of it beside the release, not before it goes on
            Scenario.awaitThat("the records have it all", () -> kinds(facts(ci)).contains("DECIDED"));
            JsonNode facts = facts(ci);
            assertThat(kinds(facts)).startsWith("REQUESTED");
            Verifier verifier = new Verifier();
            for (JsonNode fact : facts) {
                verifier.read(fact.toString().getBytes(StandardCharsets.UTF_8));
            }
            assertThat(verifier.chains())
                    .singleElement()
                    .satisfies(chain -> assertThat(chain.facts()).isEqualTo(facts.size()));

            JsonNode entry = ci.get("/api/v1/registry?environment=development")
                    .body()
                    .path("entries")
                    .path(0);
            assertThat(entry.path("service").asString()).isEqualTo("podinfo");
            assertThat(entry.path("version").asString()).isEqualTo("1.0.0");
            assertThat(entry.path("status").asString()).isEqualTo("READY");
            assertThat(entry.path("digests").path("image").asString())
                    .isEqualTo(Api.image("image 1.0.0").value());
        }
    }

    private static JsonNode facts(Api api) {
        return api.get("/api/v1/releases/podinfo@1.0.0/facts").body().path("facts");
    }

    @Test
    void aReleaseIsShownAndListedFromTheRecordsWhileTemporalIsAwayAndThatIsSaid() throws Exception {
        told("podinfo@1.0.0", "production");
        try (Installation slipway = Installation.recordedWithoutTemporal(folder, postgres)) {
            Api ci = slipway.as("ci");

            JsonNode view = ci.get("/api/v1/releases/podinfo@1.0.0").body();
            assertThat(view.path("outcome").asString()).isEqualTo("PROMOTED");
            assertThat(view.path("reason").asString())
                    .startsWith("Temporal does not answer; this is what the records heard last, at ");

            assertThat(ci.get("/api/v1/releases/podinfo@1.0.0/events").problem())
                    .as("whoever follows it asks for the release itself")
                    .isEqualTo("temporal-unreachable");

            JsonNode list = ci.get("/api/v1/releases?phase=DONE").body();
            assertThat(list.path("note").asString()).isEqualTo("from the records: Temporal does not answer");
            assertThat(list.path("releases").path(0).path("release").asString()).isEqualTo("podinfo@1.0.0");
            assertThat(list.path("releases").path(0).path("source").asString()).isEqualTo("records");
            assertThat(ci.get("/api/v1/releases?phase=RUNNING")
                            .body()
                            .path("releases")
                            .size())
                    .isZero();
            assertThat(ci.get("/api/v1/registry").body().path("entries").size()).isOne();
            assertThat(ci.get("/api/v1/releases/podinfo@9.9.9").problem()).isEqualTo("temporal-unreachable");
        }
    }

    @Test
    void aWorkerFetchesFromAnyStarterWhatOneHasTaken() throws Exception {
        byte[] archive = Installation.bundle(folder, "podinfo", "");
        String path = "/api/v1/bundles/" + Bundle.read(archive).digest();
        try (Installation first = Installation.recordedWithoutWorkers(folder.resolve("first"), postgres);
                Installation second = Installation.recordedWithoutTemporal(folder.resolve("second"), postgres)) {
            assertThat(second.as("worker").get(path).status()).isEqualTo(404);
            first.as("ci").start(archive, Api.request("1.0.0"));

            assertThat(second.as("worker").get(path).status()).isEqualTo(200);
        }
    }

    @Test
    void aReleaseStartsWhileTheDatabaseIsAwayAndItsBundleIsServed() throws Exception {
        byte[] archive = Installation.bundle(folder, "podinfo", "");
        String path = "/api/v1/bundles/" + Bundle.read(archive).digest();
        try (Installation slipway = Installation.wholeWith(
                folder,
                "--slipway.records.url=jdbc:postgresql://127.0.0.1:1/slipway",
                "--slipway.records.user=postgres",
                "--slipway.records.migrate=true")) {
            assertThat(slipway.as("ci").start(archive, Api.request("1.0.0")).status())
                    .isEqualTo(202);

            assertThat(slipway.as("worker").get(path).status()).isEqualTo(200);
            Api.Answer unknown = slipway.as("worker").get("/api/v1/bundles/" + Api.image("none"));
            assertThat(unknown.status()).isEqualTo(503);
            assertThat(unknown.problem()).isEqualTo("records-unreachable");
        }
    }

    @Test
    void whatTemporalHasForgottenIsShownFromTheRecordsAndThatIsSaid() throws Exception {
        told("old@1.0.0", "production");
        try (Database database = new Database(postgres.owner());
                Installation slipway = Installation.recorded(folder, new Kept(database), postgres)) {
            JsonNode view = slipway.as("ci").get("/api/v1/releases/old@1.0.0").body();

            assertThat(view.path("outcome").asString()).isEqualTo("PROMOTED");
            assertThat(view.path("reason").asString()).startsWith("Temporal has forgotten this release; ");
            assertThat(slipway.as("ci").get("/api/v1/releases/old@9.9.9").problem())
                    .isEqualTo("not-found");
        }
    }

    @Test
    void nobodyReadsWhatHeMayNotSee() throws Exception {
        told("podinfo@1.0.0", "production");
        told("only-this@1.0.0", "production");
        told("only-this@1.0.0", "development");
        try (Installation slipway = Installation.recordedWithoutTemporal(folder, postgres)) {
            Api junior = slipway.as("junior");

            JsonNode entries = junior.get("/api/v1/registry").body().path("entries");
            assertThat(StreamSupport.stream(entries.spliterator(), false)
                            .map(entry -> entry.path("release").asString() + " "
                                    + entry.path("environment").asString()))
                    .containsExactly("only-this@1.0.0 development");
            JsonNode facts =
                    junior.get("/api/v1/releases/only-this@1.0.0/facts?limit=1").body();
            String rest = "/api/v1/releases/only-this@1.0.0/facts?cursor="
                    + facts.path("cursor").asString();
            assertThat(facts.path("facts").size()).isOne();
            assertThat(junior.get(rest).body().path("facts").size()).isPositive();
            assertThat(junior.get(rest + "&kind=REFUSED").problem()).isEqualTo("malformed");
            assertThat(junior.get(rest + "&environment=nowhere").body().path("facts"))
                    .isEmpty();
            assertThat(junior.get("/api/v1/releases/podinfo@1.0.0/facts").status())
                    .isEqualTo(403);
            assertThat(junior.get("/api/v1/releases").body().path("releases").size())
                    .isOne();
        }
    }

    @Test
    void withoutRecordsItIsSaidHowToGetThem() throws Exception {
        try (Installation slipway = Installation.withoutTemporal(folder)) {
            Api.Answer registry = slipway.as("ci").get("/api/v1/registry");

            assertThat(registry.status()).isEqualTo(501);
            assertThat(registry.problem()).isEqualTo("no-records");
            assertThat(registry.body().path("next").asString()).contains("slipway.records.url");
        }
    }

    private static List<String> kinds(JsonNode facts) {
        return StreamSupport.stream(facts.spliterator(), false)
                .map(fact -> fact.path("kind").asString())
                .toList();
    }

    private void told(String release, String environment) {
        try (Database database = new Database(postgres.owner())) {
            new Journal(database)
                    .append(
                            "run of " + release + " " + environment,
                            1,
                            List.of(Told.fact(1, environment, Fact.Kind.ENDED, "ended")),
                            Told.view(
                                    release,
                                    1,
                                    1,
                                    Phase.DONE,
                                    "PROMOTED",
                                    Told.stage(environment, "DONE", "PROMOTED")));
        }
    }
}
