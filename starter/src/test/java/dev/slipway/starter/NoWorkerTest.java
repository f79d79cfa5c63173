package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class NoWorkerTest {
    @TempDir
    Path folder;

    @Test
    void aReleaseIsAcceptedAndShownWhileNoWorkerRuns() throws Exception {
        try (Installation slipway = Installation.withoutWorkers(folder)) {
            Api ci = slipway.as("ci");
            byte[] bundle = Installation.bundle(folder, "podinfo", "");

            Api.Answer started = ci.start(bundle, Api.request("1.0.0"));
            assertThat(started.status()).isEqualTo(202);
            assertThat(started.body().path("accepted").asBoolean()).isTrue();

            JsonNode view = ci.get("/api/v1/releases/podinfo@1.0.0").body();
            assertThat(view.path("reason").asString()).startsWith("no worker answered within 2 s");
            assertThat(view.path("requestedBy").asString()).isEqualTo("ci");
            assertThat(view.path("stages").get(1).path("environment").asString())
                    .isEqualTo("production");

            Api.Answer other = ci.start(bundle, Api.request("1.0.0", Api.image("other"), ""));
            assertThat(other.problem()).isEqualTo("other-digests");
            Api.Answer abort = slipway.as("approver-1").post("/api/v1/releases/podinfo@1.0.0/abort", "{}");
            assertThat(abort.status()).isEqualTo(503);
            assertThat(abort.problem()).isEqualTo("no-worker");
        }
    }
}
