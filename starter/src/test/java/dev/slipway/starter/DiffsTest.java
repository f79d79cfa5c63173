package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Difference;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whole diffs come from workers, by their digest, and go to those who may read the release that asked about them. */
class DiffsTest {
    private static final byte[] TEXT = "=== Deployment/podinfo\n-a\n+b ü\n".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digests.sha256(TEXT);

    @TempDir
    static Path folder;

    private static Installation slipway;
    private static Api ci;

    @BeforeAll
    static void install() {
        slipway = Installation.whole(folder);
        ci = slipway.as("ci");
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
    }

    private static int put(String caller, Digest digest, byte[] text) {
        return slipway.as(caller)
                .send(
                        "PUT",
                        "/api/v1/diffs/" + digest,
                        "text/plain; charset=utf-8",
                        HttpRequest.BodyPublishers.ofByteArray(text))
                .status();
    }

    private static void asked(String service, Digest digest, String unkept) {
        slipway.cluster.differing(
                new Difference("old", "1 object", List.of(), List.of(), List.of(), "", Optional.empty(), "")
                        .kept(digest, unkept));
        ci.start(Installation.bundle(folder, service, ""), Api.request("1.0.0"));
        ci.awaitPhase(service + "@1.0.0", "WAITING");
    }

    @Test
    void whatPeopleAreAskedAboutIsShownWhole() {
        assertThat(put("worker", DIGEST, TEXT)).isEqualTo(204);
        assertThat(put("worker", DIGEST, TEXT)).as("a second time").isEqualTo(204);
        asked("shown", DIGEST, "");

        JsonNode shown = ci.get("/api/v1/releases/shown@1.0.0/diff?environment=production")
                .body();

        assertThat(shown.path("digest").asString()).isEqualTo(DIGEST.value());
        assertThat(shown.path("text").asString()).isEqualTo(new String(TEXT, StandardCharsets.UTF_8));
        assertThat(slipway.as("junior")
                        .get("/api/v1/releases/shown@1.0.0/diff?environment=production")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whereNobodyWasAskedThereIsNone() {
        asked("unasked", DIGEST, "");

        Api.Answer answer = ci.get("/api/v1/releases/unasked@1.0.0/diff?environment=development");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).startsWith("nobody was asked about a change of unasked@1.0.0 in development");
    }

    @Test
    void aDiffThatNeverArrivedIsSaidToBeMissing() {
        asked("lost", Api.image("never sent"), "");

        Api.Answer answer = ci.get("/api/v1/releases/lost@1.0.0/diff?environment=production");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).contains("is not kept here; what was shown is in slipway get lost@1.0.0");
    }

    @Test
    void anotherTextThanTheDigestSaysIsNotKept() {
        assertThat(put("worker", Api.image("other"), TEXT)).isEqualTo(400);
        assertThat(put("ci", DIGEST, TEXT))
                .as("who only reads hands nothing in")
                .isEqualTo(403);
        assertThat(put("worker", Digests.sha256(new byte[(8 << 20) + 1]), new byte[(8 << 20) + 1]))
                .isEqualTo(413);
        assertThat(ci.get("/api/v1/releases/none@1.0.0/diff?environment=production")
                        .status())
                .isEqualTo(404);
        assertThat(slipway.as("worker")
                        .send("PUT", "/api/v1/diffs/..%2Fx", "text/plain", HttpRequest.BodyPublishers.noBody())
                        .status())
                .isEqualTo(400);
    }
}
