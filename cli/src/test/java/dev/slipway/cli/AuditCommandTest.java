package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.audit.Entry;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    private static final ReleaseId RELEASE = ReleaseId.parse("podinfo@6.9.2");
    private static final Entry FIRST = Entry.of(
            new Entry.Place("run-1", 1, RELEASE, 1, Entry.NONE),
            fact("", Fact.Kind.REQUESTED, "podinfo@6.9.2 attempt 1 requested by ci", Map.of(), List.of()));
    private static final Entry SECOND = Entry.of(
            new Entry.Place("run-1", 2, RELEASE, 1, FIRST.hash()),
            fact(
                    "production",
                    Fact.Kind.DECIDED,
                    "approver-1 approved at production/approve",
                    Map.of("reason", "looks good\u001b[31m"),
                    List.of(Evidence.of("errors", "0.1% of 212 requests bad"))));

    private final FakeApi api = new FakeApi();

    @TempDir
    private Path folder;

    @BeforeEach
    void twoFacts() {
        for (int i = 0; i < 3; i++) {
            api.answers(
                    "GET /api/v1/releases/podinfo@6.9.2/facts?limit=200",
                    200,
                    Json.line(Map.of("release", "podinfo@6.9.2", "facts", List.of(FIRST, SECOND))));
        }
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void tellsWhoDecidedWhatWhenAndOnWhichEvidence() {
        Run run = Run.against(api, "audit", "podinfo@6.9.2");

        assertThat(run.code()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "podinfo@6.9.2 attempt 1",
                        "2026-11-22T03:04:05Z  REQUESTED              podinfo@6.9.2 attempt 1 requested by ci",
                        "2026-11-22T03:04:05Z  DECIDED   production   approver-1 approved at production/approve",
                        "                      reason: looks good[31m",
                        "                      errors: 0.1% of 212 requests bad");
        assertThat(run.err())
                .isEqualTo("whole: podinfo@6.9.2 attempt 1, 2 facts, head " + SECOND.hash()
                        + "; the release had not ended then\n");
    }

    @Test
    void aRecoveryStandsUnderAHeadingOfItsOwn() {
        Entry recovery = Entry.of(
                new Entry.Place("run-2", 1, RELEASE, 1, Entry.NONE),
                fact("production", Fact.Kind.REQUESTED, "recovery requested by ci", Map.of(), List.of()));
        api.answers(
                "GET /api/v1/releases/podinfo@6.9.3/facts?limit=200",
                200,
                Json.line(Map.of("release", "podinfo@6.9.3", "facts", List.of(FIRST, SECOND, recovery))));

        Run run = Run.against(api, "audit", "podinfo@6.9.3");

        assertThat(run.lines())
                .endsWith(
                        "podinfo@6.9.2 attempt 1, recovery",
                        "2026-11-22T03:04:05Z  REQUESTED production   recovery requested by ci");
        assertThat(run.err())
                .endsWith("whole: podinfo@6.9.2 attempt 1, recovery, 1 fact, head " + recovery.hash()
                        + "; the recovery had not ended then\n");
    }

    @Test
    void whatIsExportedVerifiesWithoutAServer() throws IOException {
        Path file = exported();

        Run run = Run.slipway("audit", "verify", file.toString(), "--head", FIRST.hash());

        assertThat(run.code()).isZero();
        assertThat(run.err()).startsWith("whole: podinfo@6.9.2 attempt 1, 2 facts");
    }

    @Test
    void oneFlippedByteInAnyFactIsFoundAndTheFactIsNamed() throws IOException {
        Path file = exported();
        byte[] whole = Files.readAllBytes(file);
        int second = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('\n') + 1;

        for (int i = second; i < whole.length - 1; i += 7) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 1;
            Files.write(file, flipped);

            Run run = Run.slipway("audit", "verify", file.toString());

            assertThat(run.code()).as("byte %d", i).isEqualTo(5);
            assertThat(run.err()).as("byte %d", i).startsWith("error: line 2: ").contains("fact");
        }
    }

    @Test
    void anEndThatWasCutOffIsFoundByAHeadFromElsewhere() throws IOException {
        Path file = exported();
        Files.writeString(file, Files.readAllLines(file).get(0) + "\n");

        assertThat(Run.slipway("audit", "verify", file.toString()).code()).isZero();
        assertThat(Run.slipway("audit", "verify", file.toString(), "--head", SECOND.hash()))
                .satisfies(run -> assertThat(run.code()).isEqualTo(5))
                .satisfies(run -> assertThat(run.err()).contains("was cut off"));
    }

    @Test
    void anEmptyFileIsNoProof() throws IOException {
        Path file = Files.writeString(folder.resolve("empty"), "\n");

        assertThat(Run.slipway("audit", "verify", file.toString()).code()).isEqualTo(5);
        assertThat(Run.slipway("audit", "verify", folder.resolve("none").toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void withoutAReleaseItSaysWhatToGive() {
        assertThat(Run.against(api, "audit").err()).contains("give SERVICE@VERSION, or export or verify");
        assertThat(Run.slipway("audit", "verify", "--help").out()).startsWith("Usage: slipway audit verify");
    }

    @Test
    void anInstallationWithoutRecordsSaysSo() {
        api.refuses("GET /api/v1/registry?limit=200", 501, "no-records", "this installation keeps no records");

        Run run = Run.against(api, "registry");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("keeps no records").contains("slipway.records.url");
    }

    @Test
    void theRegistryTellsWhatRunsWhere() {
        Map<String, Object> entry = new java.util.LinkedHashMap<>();
        entry.put("service", "podinfo");
        entry.put("version", "6.9.2");
        entry.put("environment", "production");
        entry.put("status", "READY");
        entry.put("digests", Map.of("image", "sha256:" + "ab".repeat(32)));
        entry.put("readySince", "2026-11-22T03:04:05.678Z");
        entry.put("nextVersion", "6.9.3");
        entry.put("nextState", "WAITING");
        api.answers(
                "GET /api/v1/registry?environment=production&limit=200",
                200,
                Json.line(Map.of("entries", List.of(entry))));

        Run run = Run.against(api, "registry", "--environment", "production");

        assertThat(run.code()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "SERVICE  ENVIRONMENT  VERSION  STATUS   READY SINCE           NEXT           IMAGE",
                        "podinfo  production   6.9.2    ✔ READY  2026-11-22T03:04:05Z  6.9.3 WAITING  sha256:abababababab");
    }

    @Test
    void aChainOfMoreThanOnePageIsReadToItsEnd() {
        String facts = "/api/v1/releases/podinfo@1.0.0/facts?limit=200";
        api.answers("GET " + facts, 200, Json.line(Map.of("facts", List.of(FIRST), "cursor", "next")));
        api.answers("GET " + facts + "&cursor=next", 200, Json.line(Map.of("facts", List.of(SECOND))));

        Run run = Run.against(api, "audit", "export", "podinfo@1.0.0");

        assertThat(run.lines()).hasSize(2);
        assertThat(run.err()).startsWith("whole: podinfo@6.9.2 attempt 1, 2 facts");
    }

    @Test
    void aListFromTheRecordsIsSaidToBe() {
        api.answers(
                "GET /api/v1/releases?limit=50",
                200,
                "{\"releases\":[],\"note\":\"from the records: Temporal does not answer\"}");

        assertThat(Run.against(api, "get").err()).startsWith("note: from the records: Temporal does not answer\n");
    }

    private Path exported() throws IOException {
        Run run = Run.against(api, "audit", "export", "podinfo@6.9.2");
        assertThat(run.code()).isZero();
        return Files.writeString(folder.resolve("facts.jsonl"), run.out());
    }

    private static Fact fact(
            String environment, Fact.Kind kind, String what, Map<String, String> details, List<Evidence> evidence) {
        return new Fact(
                Instant.parse("2026-11-22T03:04:05.678Z"),
                Optional.of(environment).filter(name -> !name.isEmpty()).map(EnvironmentName::new),
                kind,
                what,
                details,
                evidence);
    }
}
