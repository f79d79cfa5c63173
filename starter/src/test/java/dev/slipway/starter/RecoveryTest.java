package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClient;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RecoveryTest {
    private static final long PATIENCE_NANOS = 120_000_000_000L;

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

    private static String slot(String service, String environment, String what) {
        return "/api/v1/slots/" + service + "/" + environment + "/" + what;
    }

    /** Starts a version and waits until it asks for an approval in production. */
    private static void open(String service) {
        ci.start(Installation.bundle(folder, service, ""), Api.request("1.0.0"));
        ci.awaitPhase(service + "@1.0.0", "WAITING");
    }

    private static void terminate(String workflow) {
        slipway.starter
                .getBean(WorkflowClient.class)
                .newUntypedWorkflowStub(workflow)
                .terminate("somebody pressed Terminate");
    }

    private static JsonNode await(String path, String phase) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        JsonNode last = null;
        while (System.nanoTime() < end) {
            last = approver.get(path).body();
            if (last.path("phase").asString("").equals(phase)) {
                return last;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("not in time, last seen: " + last);
    }

    @Test
    void aStageThatRunsIsNotRecoveredAndItsReleaseIsNamed() {
        open("open");

        Api.Answer refused = approver.post(slot("open", "production", "recover"), "{}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("slot-taken");
        assertThat(refused.detail())
                .isEqualTo(
                        "a stage of open@1.0.0 runs in open:production, and puts back by itself what it has touched");
        assertThat(refused.body().path("next").asString()).contains("slipway abort open@1.0.0");
    }

    @Test
    void aTerminatedStageIsRecoveredAndTheSlotIsFreeAgain() {
        open("gone");
        terminate("gone:production");

        Api.Answer started = approver.post(slot("gone", "production", "recover"), "{\"reason\":\"terminated\"}");

        assertThat(started.status()).isEqualTo(202);
        String run = started.body().path("run").asString();
        JsonNode done = await(slot("gone", "production", "recovery?run=" + run), "DONE");
        assertThat(done.path("outcome").asString()).isEqualTo("ROLLED_BACK");
        assertThat(done.path("release").asString()).isEqualTo("gone@1.0.0");
        assertThat(done.path("reason").asString())
                .contains("nothing had been touched, the slot is free again", "recovered by approver-1: terminated");
        assertThat(done.path("links").path("temporal").asString()).contains(run);
        Api.Answer again = approver.post(slot("gone", "production", "recover"), "{}");
        run = again.body().path("run").asString();
        done = await(slot("gone", "production", "recovery?run=" + run), "DONE");
        assertThat(done.path("reason").asString()).startsWith("nothing to recover in gone:production");
    }

    @Test
    void aStuckRecoveryIsAnsweredThroughTheReleaseThatIsGone() {
        slipway.cluster.running("development", "lost", "0.9.0");
        slipway.cluster.neverReady("1.0.7").failingRestores(3);
        ci.start(Installation.bundle(folder, "lost", ""), Api.request("1.0.7"));
        ci.awaitPhase("lost@1.0.7", "STUCK");
        terminate("lost:development");
        terminate("lost@1.0.7");

        String recovery = slot("lost", "development", "recovery");
        approver.post(slot("lost", "development", "recover"), "{}");
        await(recovery, "STUCK");
        Api.Answer joined = approver.post(slot("lost", "development", "recover"), "{}");
        assertThat(joined.body().path("attached").asBoolean()).isTrue();
        Api.Answer stranger = ci.post("/api/v1/releases/lost@1.0.7/retry-undo", "{}");
        assertThat(stranger.status()).isEqualTo(403);
        Api.Answer again = approver.post("/api/v1/releases/lost@1.0.7/retry-undo", "{}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("environment").asString()).isEqualTo("development");
        await(recovery, "STUCK");
        approver.post("/api/v1/releases/lost@1.0.7/accept-as-is", "{\"reason\":\"seen\"}");

        JsonNode done = await(recovery, "DONE");
        assertThat(done.path("outcome").asString()).isEqualTo("LEFT_AS_IS");
        assertThat(done.path("undo").get(0).path("state").asString()).isEqualTo("FAILED");
    }

    @Test
    void nothingToRecoverIsAnAnswer() {
        approver.post(slot("calm", "production", "recover"), "{\"dryRun\":true}");

        JsonNode done = await(slot("calm", "production", "recovery"), "DONE");

        assertThat(done.path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(done.path("reason").asString()).startsWith("nothing to recover in calm:production");
    }

    @Test
    void onlyWhoIsGrantedItMayRecover() {
        Api.Answer stranger = ci.post(slot("any", "production", "recover"), "{}");

        assertThat(stranger.status()).isEqualTo(403);
        assertThat(slipway.as("nobody")
                        .get(slot("any", "production", "recovery"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatIsNoSlotIsRefused() {
        Api.Answer nowhere = approver.post(slot("any", "mars", "recover"), "{}");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.detail()).isEqualTo("there is no environment mars; there are [development, production]");
        assertThat(approver.post(slot("any", "NO_NAME", "recover"), "{}").status())
                .isEqualTo(400);
        assertThat(approver.post(slot("any", "production", "recover"), "{\"dryrun\":true}")
                        .status())
                .isEqualTo(400);
        assertThat(approver.get(slot("any", "production", "recovery")).status()).isEqualTo(404);
    }
}
