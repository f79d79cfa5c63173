package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as a caller sees it: bytes over loopback. */
final class Api {
    static final String BOUNDARY = "slipway-test-boundary";
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final @Nullable String token;

    Api(int port, @Nullable String token) {
        this.base = "http://127.0.0.1:" + port;
        this.token = token;
    }

    record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {
        String problem() {
            return body.path("type").asString("").replaceAll(".*/", "");
        }

        String detail() {
            return body.path("detail").asString("");
        }
    }

    Answer get(String path) {
        return send("GET", path, null, HttpRequest.BodyPublishers.noBody());
    }

    Answer post(String path, String json) {
        return send("POST", path, "application/json", HttpRequest.BodyPublishers.ofString(json));
    }

    Answer start(byte[] bundle, String request) {
        return upload("/api/v1/releases", bundle, request);
    }

    Answer start(byte[] bundle, String request, String evidence) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(
                body,
                "evidence\"; filename=\"evidence.json",
                "application/json",
                evidence.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(parts(bundle, request));
        return send(
                "POST",
                "/api/v1/releases",
                "multipart/form-data; boundary=" + BOUNDARY,
                HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    }

    Answer plan(byte[] bundle) {
        return upload("/api/v1/plans", bundle, null);
    }

    Answer plan(byte[] bundle, String request) {
        return upload("/api/v1/plans", bundle, request);
    }

    private Answer upload(String path, byte[] bundle, @Nullable String request) {
        return send(
                "POST",
                path,
                "multipart/form-data; boundary=" + BOUNDARY,
                HttpRequest.BodyPublishers.ofByteArray(parts(bundle, request)));
    }

    Answer send(String method, String path, @Nullable String type, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<byte[]> raw = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            String contentType = raw.headers().firstValue("Content-Type").orElse("");
            JsonNode document = contentType.contains("json") ? JSON.readTree(raw.body()) : JSON.createObjectNode();
            return new Answer(raw.statusCode(), document, raw);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The first event's document, read while the stream stays open. */
    String firstEvent(String id) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v1/releases/" + id + "/events"))
                .header("Authorization", "Bearer " + token)
                .build();
        try (Stream<String> lines =
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
        }
    }

    /** Reads an event stream to its end. */
    String events(String id) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v1/releases/" + id + "/events"))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Looks until the release is as expected, with a limit. */
    JsonNode await(String id, Predicate<JsonNode> expected) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        JsonNode last = JSON.createObjectNode();
        while (System.nanoTime() < end) {
            last = get("/api/v1/releases/" + id).body();
            if (expected.test(last)) {
                return last;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("not in time, last seen: " + last);
    }

    JsonNode awaitPhase(String id, String phase) {
        return await(id, view -> view.path("phase").asString("").equals(phase));
    }

    static String request(String version) {
        return request(version, image("image " + version), "");
    }

    static String request(String version, Digest image, String more) {
        return "{\"version\":\"" + version + "\",\"imageDigest\":\"" + image + "\"" + more + "}";
    }

    static Digest image(String text) {
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] parts(byte[] bundle, @Nullable String request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, "bundle\"; filename=\"bundle.tgz", "application/gzip", bundle);
        if (request != null) {
            part(body, "request", "application/json", request.getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static void part(ByteArrayOutputStream body, String name, String type, byte[] content) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: "
                + type + "\r\n\r\n";
        body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
