package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Fact;
import io.temporal.client.WorkflowClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PeopleTest {
    private static final String APPROVE = "{\"choice\":\"APPROVE\"}";

    @TempDir
    static Path folder;

    private static Installation slipway;
    private static Api ci;
    private static Api approver;

    @BeforeAll
    static void install() {
        slipway = Installation.whole(folder);
        ci = slipway.as("ci");
        approver = slipway.as("approver-1");
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
    }

    /** Starts a version and waits until its approval is open. */
    private static void open(Api by, String service) {
        Api.Answer started = by.start(Installation.bundle(folder, service, ""), Api.request("1.0.0"));
        assertThat(started.status()).isEqualTo(202);
        by.awaitPhase(service + "@1.0.0", "WAITING");
    }

    private static String path(String service, String what) {
        return "/api/v1/releases/" + service + "@1.0.0/" + what;
    }

    @Test
    void anApprovalSignedByTheStarterPromotes() {
        open(ci, "approved");

        Api.Answer said = approver.post(path("approved", "decisions"), APPROVE);

        assertThat(said.status()).isEqualTo(200);
        assertThat(said.body().path("environment").asString()).isEqualTo("production");
        assertThat(said.body().path("message").asString()).isEqualTo("1 of 1 approvals from deployers (approver-1)");
        JsonNode done = ci.awaitPhase("approved@1.0.0", "DONE");
        assertThat(done.path("outcome").asString()).isEqualTo("PROMOTED");
        Api.Answer late = approver.post(path("approved", "decisions"), APPROVE);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.detail()).isEqualTo("approved@1.0.0 has ended (PROMOTED)");
    }

    @Test
    void aRejectionEndsTheReleaseWithItsReason() {
        open(ci, "rejected");

        approver.post(
                path("rejected", "decisions"),
                "{\"choice\":\"REJECT\",\"gate\":\"production/approve\",\"reason\":\"no \\u001b[31m\\nbackup\"}");

        JsonNode done = ci.awaitPhase("rejected@1.0.0", "DONE");
        assertThat(done.path("outcome").asString()).isEqualTo("REJECTED");
        assertThat(done.path("reason").asString()).contains("no [31m backup").doesNotContain("\033");
    }

    @Test
    void theRequesterMayNotDecide() {
        open(approver, "own");

        Api.Answer own = approver.post(path("own", "decisions"), APPROVE);

        assertThat(own.status()).isEqualTo(403);
        assertThat(own.detail())
                .isEqualTo("approver-1 requested own@1.0.0 and may not decide on it; ask somebody else");
    }

    /** Starts a version, with what is said of its authors, and waits until its approval is open. */
    private static void openWrittenBy(String service, String authors) {
        Api.Answer started = submitted(service, authors);
        assertThat(started.status()).isEqualTo(202);
        ci.awaitPhase(service + "@1.0.0", "WAITING");
    }

    private static Api.Answer submitted(String service, String authors) {
        return ci.start(
                Installation.bundle(folder, service, ""),
                Api.request("1.0.0", Api.image("image 1.0.0"), ",\"authors\":" + authors));
    }

    @Test
    void whoWroteItMayNotDecide() {
        openWrittenBy("written", "[\" Approver-1\\u001b \",\"stranger@example.com\"]");

        Api.Answer yes = approver.post(path("written", "decisions"), APPROVE);
        Api.Answer no = approver.post(path("written", "decisions"), "{\"choice\":\"REJECT\",\"reason\":\"no\"}");

        String words = "approver-1 wrote what is released as written@1.0.0 and may not decide on it; ask somebody else";
        assertThat(yes.status()).isEqualTo(403);
        assertThat(yes.detail()).isEqualTo(words);
        assertThat(no.status()).isEqualTo(403);
        assertThat(ci.get("/api/v1/releases/written@1.0.0")
                        .body()
                        .path("authors")
                        .toString())
                .isEqualTo("[\"Approver-1\",\"stranger@example.com\"]");
        assertThat(slipway.records.of("written@1.0.0", Fact.Kind.DENIED))
                .containsExactly(
                        "a vote of approver-1 was turned away: " + words,
                        "a vote of approver-1 was turned away: " + words);
        Api.Answer other = slipway.as("approver-2").post(path("written", "decisions"), APPROVE);
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void whoJoinsWithOtherAuthorsTakesNobodyOff() {
        openWrittenBy("joined", "[\"approver-1\"]");

        Api.Answer joined = submitted("joined", "[\"approver-2\"]");

        assertThat(joined.body().path("attached").asBoolean()).isTrue();
        assertThat(approver.post(path("joined", "decisions"), APPROVE).status()).isEqualTo(403);
        assertThat(slipway.as("approver-2")
                        .post(path("joined", "decisions"), APPROVE)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoIsNotInTheGatesGroupMayNotDecide() {
        open(ci, "foreign");

        Api.Answer outsider = slipway.as("outsider").post(path("foreign", "decisions"), APPROVE);

        assertThat(outsider.status()).isEqualTo(403);
        assertThat(outsider.detail()).contains("outsider is not in deployers");
        assertThat(ci.post(path("foreign", "decisions"), APPROVE).status()).isEqualTo(403);
    }

    @Test
    void aDecisionOnWhatIsNotAskedIsRefused() {
        open(ci, "asked");
        String decisions = path("asked", "decisions");

        Api.Answer otherDigests =
                approver.post(decisions, "{\"choice\":\"APPROVE\",\"fingerprint\":\"" + Api.image("other") + "\"}");
        assertThat(otherDigests.status()).isEqualTo(409);
        assertThat(otherDigests.detail()).contains("other digests than those released");

        Api.Answer otherAttempt = approver.post(decisions, "{\"choice\":\"APPROVE\",\"attempt\":7}");
        assertThat(otherAttempt.detail()).contains("attempt 7");

        Api.Answer otherGate = approver.post(decisions, "{\"choice\":\"APPROVE\",\"gate\":\"production/other\"}");
        assertThat(otherGate.status()).isEqualTo(409);
        assertThat(otherGate.detail()).isEqualTo("the open gate is production/approve, not production/other");

        Api.Answer closed = approver.post(decisions, "{\"choice\":\"APPROVE\",\"gate\":\"development/approve\"}");
        assertThat(closed.status()).isEqualTo(409);
        assertThat(closed.detail()).contains("no approval is open at development/approve");

        assertThat(approver.post(decisions, "{}").status()).isEqualTo(400);
        assertThat(approver.post(decisions, "{\"choice\":\"APPROVE\",\"gate\":\"x\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void abortEndsAReleaseThatWaits() {
        open(ci, "aborted");

        assertThat(ci.post(path("aborted", "abort"), "{}").status()).isEqualTo(403);
        Api.Answer said = approver.post(path("aborted", "abort"), "{\"reason\":\"wrong weights\"}");

        assertThat(said.status()).isEqualTo(200);
        JsonNode done = ci.awaitPhase("aborted@1.0.0", "DONE");
        assertThat(done.path("outcome").asString()).isEqualTo("ABORTED");
        assertThat(done.path("reason").asString()).contains("wrong weights");
        assertThat(approver.post(path("aborted", "abort"), "{}").status()).isEqualTo(409);
    }

    @Test
    void aReleaseThatIsCancelledInTemporalTellsItsOutcome() {
        open(ci, "cancelled");

        slipway.starter
                .getBean(WorkflowClient.class)
                .newUntypedWorkflowStub("cancelled@1.0.0")
                .cancel();

        JsonNode done = ci.awaitPhase("cancelled@1.0.0", "DONE");
        assertThat(done.path("outcome").asString()).isEqualTo("ABORTED");
        assertThat(done.path("reason").asString()).contains("cancelled in Temporal");
    }

    @Test
    void whatMakesNoSenseNowIsRefusedWithTheWorkflowsSentence() {
        open(ci, "calm");

        Api.Answer resume = approver.post(path("calm", "resume"), "{}");
        assertThat(resume.status()).isEqualTo(409);
        assertThat(resume.problem()).isEqualTo("refused");
        assertThat(resume.detail()).contains("nothing to resume");
        assertThat(approver.post(path("calm", "retry-undo"), "{}").status()).isEqualTo(409);

        Api.Answer pause = approver.send("POST", path("calm", "pause"), null, HttpRequest.BodyPublishers.noBody());
        assertThat(pause.status()).as("a body may be left out").isEqualTo(200);
        assertThat(approver.post(path("calm", "pause"), "{}").detail()).contains("paused already, by approver-1");
        assertThat(approver.post(path("calm", "resume"), "{}").status()).isEqualTo(200);
    }

    @Test
    void aStuckUndoIsTriedAgainAndThenLeftAsItIs() {
        slipway.cluster.running("development", "stuck", "0.9.0").failingRestores(2);
        slipway.cluster.neverReady("1.0.1");
        ci.start(Installation.bundle(folder, "stuck", ""), Api.request("1.0.1"));
        ci.awaitPhase("stuck@1.0.1", "STUCK");

        assertThat(approver.post("/api/v1/releases/stuck@1.0.1/retry-undo", "{}")
                        .status())
                .isEqualTo(200);
        ci.awaitPhase("stuck@1.0.1", "STUCK");
        assertThat(approver.post("/api/v1/releases/stuck@1.0.1/accept-as-is", "{\"reason\":\"seen\"}")
                        .status())
                .isEqualTo(200);

        JsonNode done = ci.awaitPhase("stuck@1.0.1", "DONE");
        assertThat(done.path("outcome").asString()).isEqualTo("LEFT_AS_IS");
    }

    @Test
    @Timeout(240)
    void newsArrivesAtOnceAndNotWithTheNextNews() throws Exception {
        open(ci, "live");

        String first = ci.firstEvent("live@1.0.0");

        assertThat(first).contains("\"phase\":\"WAITING\"").endsWith("}");
        approver.post(path("live", "decisions"), APPROVE);
    }

    @Test
    void eventsShowTheReleaseToAllFollowersAndEndWithIt() {
        open(ci, "followed");
        CompletableFuture<String> one = CompletableFuture.supplyAsync(() -> follow("followed@1.0.0"));
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> follow("followed@1.0.0"));

        approver.post(path("followed", "decisions"), APPROVE);

        for (String stream : List.of(one.join(), other.join())) {
            assertThat(stream).startsWith("event: release\nid: ");
            assertThat(stream.substring(stream.lastIndexOf("data: ")))
                    .contains("\"phase\":\"DONE\"")
                    .contains("\"outcome\":\"PROMOTED\"")
                    .endsWith("\n\n");
        }
        assertThat(ci.get("/api/v1/releases/never@1.0.0/events").status()).isEqualTo(404);
    }

    private static String follow(String id) {
        try {
            return ci.events(id);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
