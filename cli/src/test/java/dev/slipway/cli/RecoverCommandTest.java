package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoverCommandTest {
    private static final String SLOT = "/api/v1/slots/podinfo/production";
    private static final List<String> FOUND = List.of("Lease slipway-podinfo: the claim of podinfo@2.0.0 is open");

    private final FakeApi api = new FakeApi();

    @AfterEach
    void close() {
        api.close();
    }

    private static String recovery(String phase, @Nullable String outcome, String reason, List<String> found) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("slot", "podinfo:production");
        document.put("run", "run-1");
        document.put("release", found.isEmpty() ? null : "podinfo@2.0.0");
        document.put("phase", phase);
        document.put("outcome", outcome);
        document.put("reason", reason);
        document.put("found", found);
        document.put("would", List.of("helm release podinfo-canary uninstalled, as it was not there"));
        List<Map<String, String>> undo = new ArrayList<>();
        if (phase.equals("DONE") && !found.isEmpty()) {
            undo.add(Map.of("resource", "CANARY", "state", "RESTORED", "detail", "podinfo-canary is uninstalled"));
        }
        document.put("undo", undo);
        return Json.line(document);
    }

    private FakeApi tells(String... documents) {
        api.answers("POST " + SLOT + "/recover", 202, documents[0]);
        for (int i = 1; i < documents.length; i++) {
            api.answers("GET " + SLOT + "/recovery?run=run-1", 200, documents[i]);
        }
        return api;
    }

    private Run recover(String... more) {
        List<String> args = new ArrayList<>(List.of("recover", "podinfo", "--environment", "production"));
        args.addAll(List.of(more));
        return Run.against(api, args.toArray(String[]::new));
    }

    @Test
    void followsTheRecoveryToItsEndAndSaysWhatCameBack() {
        tells(
                recovery("RUNNING", null, "", List.of()),
                recovery("UNDOING", null, "CANARY RESTORED: podinfo-canary is uninstalled", FOUND),
                recovery("DONE", "ROLLED_BACK", "the stage of podinfo@2.0.0 attempt 1 was gone", FOUND));

        Run run = recover("--reason", "terminated by mistake");

        assertThat(run.code()).isEqualTo(10);
        assertThat(run.lines())
                .containsExactly(
                        "found: " + FOUND.get(0),
                        "CANARY RESTORED: podinfo-canary is uninstalled",
                        "podinfo:production ROLLED_BACK: the stage of podinfo@2.0.0 attempt 1 was gone");
        assertThat(run.err())
                .contains("podinfo:production UNDOING: CANARY RESTORED")
                .contains("podinfo:production DONE");
        assertThat(api.last("POST").body()).isEqualTo("{\"dryRun\":false,\"reason\":\"terminated by mistake\"}");
    }

    @ParameterizedTest
    @CsvSource({"ROLLED_BACK,10", "INTERFERED,17", "LEFT_AS_IS,19", "REFUSED,18"})
    void theExitCodeTellsTheEnd(String outcome, int code) {
        tells(recovery("DONE", outcome, "so", FOUND));

        assertThat(recover().code()).isEqualTo(code);
    }

    @Test
    void aStuckRecoveryNamesTheNextCommands() {
        tells(recovery("RUNNING", null, "", List.of()), recovery("STUCK", null, "STABLE is not back", FOUND));

        Run run = recover();

        assertThat(run.code()).isEqualTo(14);
        assertThat(run.err())
                .contains("next: slipway retry-undo podinfo@2.0.0", "next: slipway accept-as-is podinfo@2.0.0");
    }

    @Test
    void aDryRunShowsWhatWouldBePutBackAndTheCommandThatDoesIt() {
        tells(recovery("DONE", "REFUSED", "dry run, nothing was touched", FOUND));

        Run run = recover("--dry-run");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("would: helm release podinfo-canary uninstalled, as it was not there");
        assertThat(run.err()).contains("next: slipway recover podinfo --environment production\n");
        assertThat(api.last("POST").body()).contains("\"dryRun\":true");
    }

    @Test
    void nothingToRecoverIsSaid() {
        tells(recovery("DONE", "REFUSED", "nothing to recover in podinfo:production", List.of()));

        Run run = recover();

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.out()).contains("nothing to recover in podinfo:production");
    }

    @Test
    void anOpenStageIsLeftToItselfAndTheNextCommandIsTheServers() {
        api.answers(
                "POST " + SLOT + "/recover",
                409,
                "{\"type\":\"https://slipway.dev/problems/slot-taken\",\"status\":409,"
                        + "\"detail\":\"a stage of podinfo@2.0.0 runs in podinfo:production\","
                        + "\"next\":\"slipway get podinfo@2.0.0, then slipway abort podinfo@2.0.0\"}");

        Run run = recover();

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err())
                .isEqualTo("error: a stage of podinfo@2.0.0 runs in podinfo:production\n"
                        + "next: slipway get podinfo@2.0.0, then slipway abort podinfo@2.0.0\n");
    }

    @Test
    void aServerThatIsAwayForAMomentIsAskedAgain() {
        api.answers("POST " + SLOT + "/recover", 202, recovery("RUNNING", null, "", List.of()));
        api.refuses("GET " + SLOT + "/recovery?run=run-1", 503, "temporal-unreachable", "Temporal does not answer");
        api.answers("GET " + SLOT + "/recovery?run=run-1", 200, recovery("DONE", "ROLLED_BACK", "back", FOUND));

        Run run = recover();

        assertThat(run.code()).isEqualTo(10);
        assertThat(run.err()).contains("the server does not answer: Temporal does not answer");
    }

    @Test
    void scriptsGetTheDocument() {
        tells(recovery("DONE", "ROLLED_BACK", "back", FOUND));

        assertThat(Json.read(recover("-o", "json").out()).path("outcome").asString())
                .isEqualTo("ROLLED_BACK");
    }

    @Test
    void theEnvironmentMustBeNamed() {
        Run run = Run.against(api, "recover", "podinfo");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--environment");
        assertThat(api.requests()).isEmpty();
    }
}
