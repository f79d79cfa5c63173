package dev.slipway.activities.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.fence.Refusal;
import dev.slipway.activities.fence.WriteRight;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class DoorTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<Optional<Refusal>> refusal = new AtomicReference<>(Optional.empty());
    private final WriteRight right = refusal::get;
    private FakeApiServer api;
    private Doors doors;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        api = new FakeApiServer();
        doors = Doors.to(api.kubeconfig(folder));
    }

    @AfterEach
    void stop() {
        doors.close();
        api.close();
    }

    @Test
    void whatIsAllowedPassesUnchangedBothWays() throws Exception {
        try (Door door = doors.open(right)) {
            HttpResponse<String> answer =
                    send(door, "PATCH", "/api/v1/namespaces/n/secrets/a%2Fb?fieldManager=helm", "{\"a\":1}");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("you said {\"a\":1}\n");
            assertThat(answer.headers().firstValue("Audit-Id")).contains("42");
            FakeApiServer.Request came = api.requests().get(0);
            assertThat(came.method()).isEqualTo("PATCH");
            assertThat(came.uri()).isEqualTo("/api/v1/namespaces/n/secrets/a%2Fb?fieldManager=helm");
        }
    }

    @Test
    void theDoorHasTheCredentialsAndHelmCannotSayThatItIsSomebodyElse() throws Exception {
        try (Door door = doors.open(right)) {
            http.send(
                    request(door, "GET", "/version", "")
                            .header("Authorization", "Bearer helms-own")
                            .header("Impersonate-User", "root")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            FakeApiServer.Request came = api.requests().get(0);
            assertThat(came.headers().get("Authorization")).containsExactly("Bearer " + FakeApiServer.TOKEN);
            assertThat(came.headers()).doesNotContainKey("Impersonate-user");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void aCallThatReadsWritesNothing(String method) throws Exception {
        try (Door door = doors.open(WriteRight.NONE)) {
            HttpResponse<String> answer = send(door, method, "/api/v1/secrets?dryRun=All", "{}");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("\"kind\":\"Status\"").contains("this call may only read");
            assertThat(send(door, "GET", "/api/v1/secrets", "").statusCode()).isEqualTo(201);
            assertThat(door.refused()).isEmpty();
        }
        assertThat(api.requests()).extracting(FakeApiServer.Request::method).containsExactly("GET");
    }

    @Test
    void aRightThatIsOverEndsWritesAndNotReads() throws Exception {
        try (Door door = doors.open(right)) {
            refusal.set(Optional.of(new Refusal(Refusal.Kind.LOST, "another has the Lease")));
            assertThat(send(door, "POST", "/x", "{}").body()).contains("slipway: another has the Lease");
            assertThat(send(door, "GET", "/x", "").statusCode()).isEqualTo(201);
            assertThat(door.refused())
                    .hasValueSatisfying(r -> assertThat(r.why()).contains("another"));
        }
    }

    @Test
    void aRightThatWasNotRenewedInTimeIsAskedForAgain() throws Exception {
        try (Door door = doors.open(right)) {
            refusal.set(Optional.of(new Refusal(Refusal.Kind.NOT_NOW, "not renewed")));
            HttpResponse<String> answer = send(door, "POST", "/x", "{}");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            refusal.set(Optional.empty());
            assertThat(send(door, "POST", "/x", "{}").statusCode()).isEqualTo(201);
        }
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void nothingPassesAClosedDoor() throws Exception {
        Door door = doors.open(right);
        door.close();
        assertThat(send(door, "POST", "/x", "{}").statusCode()).isEqualTo(404);
        assertThat(send(door, "GET", "/x", "").statusCode()).isEqualTo(404);
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void whoDoesNotKnowTheAddressFindsNothing() throws Exception {
        try (Door door = doors.open(right)) {
            String address = door.address().toString();
            String guess = address.substring(0, address.length() - 1) + (address.endsWith("0") ? "1" : "0");
            for (String uri : new String[] {guess + "/x", "http://127.0.0.1:" + doors.port() + "/", address}) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
                assertThat(http.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(404);
            }
        }
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aWatchIsHeardWhenItSpeaksAndCutOffWhenTheDoorCloses() throws Exception {
        Door door = doors.open(WriteRight.NONE);
        HttpResponse<InputStream> answer = http.send(
                request(door, "GET", "/api/v1/pods?watch=1", "").build(), HttpResponse.BodyHandlers.ofInputStream());
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).isEqualTo("you said ");
        door.close();
        assertThat(ends(lines)).isTrue();
    }

    private static boolean ends(BufferedReader lines) {
        try {
            return lines.readLine() == null;
        } catch (IOException cut) {
            return true;
        }
    }

    @Test
    void anApiServerThatIsAwayIsToldInWordsThatHelmsFailuresAreKnownBy() throws Exception {
        api.close();
        try (Door door = doors.open(right)) {
            HttpResponse<String> answer = send(door, "GET", "/version", "");
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("kubernetes cluster unreachable");
        }
    }

    @Test
    void aBodyThatNoApiServerTakesIsNotTaken() throws Exception {
        try (Door door = doors.open(right)) {
            HttpResponse<String> answer = send(door, "POST", "/x", "x".repeat((8 << 20) + 1));
            assertThat(answer.statusCode()).isEqualTo(413);
        }
        assertThat(api.requests()).isEmpty();
    }

    private HttpResponse<String> send(Door door, String method, String path, String body) throws Exception {
        return http.send(request(door, method, path, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(Door door, String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(door.address() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
}
