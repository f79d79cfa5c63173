package dev.slipway.activities.door;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.activities.fence.Refusal;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** One request on its way to the API server and back. */
final class Passage {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    /** The API server takes 3 MiB. */
    private static final int LARGEST = 8 << 20;

    private static final int CHUNK = 16 << 10;
    private static final int UNAVAILABLE = 503;

    private final Doors doors;
    private final ApiServer api;
    private final HttpExchange exchange;

    Passage(Doors doors, ApiServer api, HttpExchange exchange) {
        this.doors = doors;
        this.api = api;
        this.exchange = exchange;
    }

    /** Answers, whatever the answer is. What is refused or fails is told in the API's own form, so that helm can say it. */
    void run() throws IOException {
        try (exchange) {
            String[] parts = exchange.getRequestURI().getRawPath().split("/", 3);
            Optional<Door> door = parts.length < 3 ? Optional.empty() : doors.find(parts[1]);
            if (door.isEmpty()) {
                refuse(HttpURLConnection.HTTP_NOT_FOUND, "NotFound", "there is nothing here");
                return;
            }
            Closeable cut = exchange::close;
            door.get().passes(cut);
            try {
                pass(door.get(), "/" + parts[2]);
            } finally {
                door.get().passed(cut);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Door door, String path) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            refuse(HttpURLConnection.HTTP_ENTITY_TOO_LARGE, "RequestEntityTooLarge", "limit is 3145728");
            return;
        }
        // the last thing before it leaves: a worker that was frozen must find its right over here
        Optional<Refusal> refusal = door.refusal(!READS.contains(exchange.getRequestMethod()));
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        String query = exchange.getRequestURI().getRawQuery();
        HttpResponse<InputStream> answer;
        try {
            answer = api.send(
                    exchange.getRequestMethod(),
                    query == null ? path : path + "?" + query,
                    Headers.towards(exchange.getRequestHeaders()),
                    body);
        } catch (IOException e) {
            refuse(HttpURLConnection.HTTP_BAD_GATEWAY, "ServiceUnavailable", "kubernetes cluster unreachable: " + e);
            return;
        }
        answer(door, answer);
    }

    private void answer(Door door, HttpResponse<InputStream> answer) throws IOException {
        try (InputStream from = answer.body()) {
            door.passes(from);
            Headers.back(answer.headers(), exchange.getResponseHeaders());
            exchange.sendResponseHeaders(answer.statusCode(), Headers.length(exchange.getRequestMethod(), answer));
            try (OutputStream to = exchange.getResponseBody()) {
                stream(from, to);
            } finally {
                door.passed(from);
            }
        }
    }

    /** Each piece at once: a watch must be heard when it speaks. */
    private static void stream(InputStream from, OutputStream to) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            to.write(chunk, 0, read);
            to.flush();
        }
    }

    private void refuse(Refusal refusal) throws IOException {
        if (refusal.kind() == Refusal.Kind.NOT_NOW) {
            // client-go asks again for a while: a short absence of the API server then fails no release
            exchange.getResponseHeaders().set("Retry-After", "1");
            refuse(UNAVAILABLE, "ServiceUnavailable", refusal.why());
        } else {
            refuse(HttpURLConnection.HTTP_FORBIDDEN, "Forbidden", refusal.why());
        }
    }

    private void refuse(int code, String reason, String why) throws IOException {
        byte[] status = Serialization.asJson(new StatusBuilder()
                        .withStatus("Failure")
                        .withCode(code)
                        .withReason(reason)
                        .withMessage("slipway: " + why)
                        .build())
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, status.length);
        exchange.getResponseBody().write(status);
    }
}
