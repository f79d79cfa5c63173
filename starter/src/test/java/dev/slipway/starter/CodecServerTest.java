package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import dev.slipway.encryption.Encryption;
import dev.slipway.encryption.KeyFiles;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecServerTest {
    private static final String UI = "http://ui";

    @TempDir
    static Path folder;

    private static KeyFiles keys;
    private static Installation slipway;
    private static Api reader;

    @BeforeAll
    static void install() {
        keys = new KeyFiles(folder.resolve("keys")).make("old").make("2026-11");
        slipway = Installation.withoutTemporalWith(
                folder,
                "--slipway.encryption.keys=" + keys.folder(),
                "--slipway.encryption.active=2026-11",
                "--slipway.starter.grants[5].group=deployers",
                "--slipway.starter.grants[5].verbs=decode");
        reader = slipway.as("approver-1");
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
    }

    private static String json(Encryption by, String... texts) {
        return json(Payloads.newBuilder()
                .addAllPayloads(List.of(texts).stream()
                        .map(text -> by.converter().toPayload(text).orElseThrow())
                        .toList())
                .build());
    }

    private static String json(Payloads payloads) {
        try {
            return JsonFormat.printer().print(payloads);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts(Api.Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.detail()).isEqualTo(200);
        Payloads.Builder payloads = Payloads.newBuilder();
        JsonFormat.parser().merge(answer.body().toString(), payloads);
        return payloads.getPayloadsList().stream()
                .map(payload -> Encryption.NONE.converter().fromPayload(payload, String.class, String.class))
                .toList();
    }

    @Test
    void decodesWhatAnyOfItsKeysEncryptedAndLeavesTheRestAsItIs() throws IOException {
        Payloads.Builder mixed = Payloads.newBuilder();
        for (Encryption by : List.of(keys.active("old"), keys.active("2026-11"), Encryption.NONE)) {
            mixed.addPayloads(by.converter().toPayload(by.active() + " zebra").orElseThrow());
        }

        Api.Answer answer = reader.post("/codec/decode", json(mixed.build()));

        assertThat(texts(answer)).containsExactly("old zebra", "2026-11 zebra", "null zebra");
        assertThat(answer.raw().headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void encodesWhatAPersonGivesToTheUiOrCli() throws IOException {
        Api.Answer answer = reader.post("/codec/encode", json(Encryption.NONE, "zebra"));

        assertThat(answer.status()).isEqualTo(200);
        Payload payload = Payload.newBuilder().build();
        Payloads.Builder encoded = Payloads.newBuilder();
        JsonFormat.parser().merge(answer.body().toString(), encoded);
        payload = encoded.getPayloads(0);
        assertThat(payload.getMetadataOrThrow("encryption-key-id").toStringUtf8())
                .isEqualTo("2026-11");
        assertThat(keys.passive().converter().fromPayload(payload, String.class, String.class))
                .isEqualTo("zebra");
    }

    @Test
    void onlyWhoMayDecodeIsAnswered() {
        String sealed = json(keys.active("old"), "zebra");

        assertThat(slipway.as(null).post("/codec/decode", sealed).status()).isEqualTo(401);
        assertThat(slipway.as("stolen").post("/codec/decode", sealed).status()).isEqualTo(401);
        Api.Answer ci = slipway.as("ci").post("/codec/decode", sealed);
        assertThat(ci.status()).isEqualTo(403);
        assertThat(ci.detail()).isEqualTo("ci may not decode anything");
    }

    @Test
    void aCookieIsNoToken() throws Exception {
        HttpRequest.Builder forged = HttpRequest.newBuilder(slipway.address("/codec/decode"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .header("Cookie", "Authorization=Bearer approver-1; token=approver-1; access_token=approver-1");

        assertThat(send(forged).statusCode()).isEqualTo(401);
        assertThat(send(forged.header("Authorization", "Basic YXBwcm92ZXItMQ=="))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aKeyThatTheStarterDoesNotHaveIsNamed() {
        KeyFiles elsewhere = new KeyFiles(folder.resolve("elsewhere")).make("lost");

        Api.Answer answer = reader.post("/codec/decode", json(elsewhere.active("lost"), "zebra"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("unreadable");
        assertThat(answer.detail())
                .contains("in the starter", "'lost'", keys.file("lost").toString());
    }

    @Test
    void whatIsNoPayloadsIsRefused() {
        for (String body : List.of("", "[]", "{\"payloads\":1}", "{\"payloads\":[{\"data\":\"%\"}]}")) {
            Api.Answer answer = reader.post("/codec/decode", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed");
        }
        Api.Answer large = reader.post("/codec/decode", " ".repeat(8 * 1024 * 1024 + 1));
        assertThat(large.problem()).isEqualTo("too-large");
    }

    @Test
    void aPayloadOfAMegabyteIsNotTooLarge() throws IOException {
        String large = "z".repeat(1024 * 1024);

        assertThat(texts(reader.post("/codec/decode", json(keys.active("old"), large))))
                .containsExactly(large);
    }

    @Test
    void thePagesOfTheUiMayAskAndThoseOfNobodyElse() throws Exception {
        assertThat(preflight(UI, "/codec/decode").headers().map())
                .containsEntry("access-control-allow-origin", List.of(UI))
                .containsEntry("access-control-allow-methods", List.of("POST"))
                .doesNotContainKey("access-control-allow-credentials");
        HttpResponse<String> foreign = preflight("http://evil", "/codec/decode");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertThat(preflight(UI, "/api/v1/releases").statusCode()).isEqualTo(401);

        String sealed = json(keys.active("old"), "zebra");
        HttpResponse<String> said = post(UI, "approver-1", sealed);
        assertThat(said.statusCode()).isEqualTo(200);
        assertThat(said.headers().firstValue("Access-Control-Allow-Origin")).contains(UI);
        assertThat(post(UI, "stolen", sealed).headers().firstValue("Access-Control-Allow-Origin"))
                .as("so that the page can tell why")
                .contains(UI);
        assertThat(post("http://evil", "approver-1", sealed).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "http://127.0.0.1:8233/namespaces/{namespace}/workflows/{workflow}/{run},http://127.0.0.1:8233",
                "https://temporal.example.com/x,https://temporal.example.com",
                "https://{namespace}.example.com/x,none",
                "'',none",
                "https://temporal.example.com,https://temporal.example.com",
            })
    void theOriginIsThatOfTheLinksForPeople(String ui, String origin) {
        assertThat(UiOrigin.of(ui).orElse(null)).isEqualTo(origin);
    }

    @Test
    void decodeCannotBeGrantedForSomeServicesOnly() {
        assertThatThrownBy(
                        () -> new StarterSettings.Grant("g", Set.of(Verb.READ, Verb.DECODE), Set.of("a"), Set.of("*")))
                .hasMessageContaining("give decode a grant of its own");
        assertThatThrownBy(() -> new StarterSettings.Grant("g", Set.of(Verb.DECODE), Set.of("*"), Set.of("staging")))
                .hasMessageContaining("give decode a grant of its own");
        assertThat(new StarterSettings.Grant("g", Set.of(Verb.DECODE), Set.of("*"), Set.of("*")))
                .isNotNull();
    }

    private static HttpResponse<String> preflight(String origin, String path) throws Exception {
        return send(HttpRequest.newBuilder(slipway.address(path))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type,x-namespace"));
    }

    private static HttpResponse<String> post(String origin, String token, String body) throws Exception {
        return send(HttpRequest.newBuilder(slipway.address("/codec/decode"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Origin", origin)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("X-Namespace", "default"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
