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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One request on its way to the API server and back. */
final class Passage {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    /** The API server takes 3 MiB. */
    private static final int LARGEST = 8 << 20;

    private static final int CHUNK = 16 << 10;
    private static final int UNAVAILABLE = 503;
    private static final int PATIENCE_SECONDS = 1;

    private final Doors doors;
    private final ApiServer api;
    private final HttpExchange exchange;
    /** Held while a piece is written: an exchange that is closed meanwhile writes that piece again. */
    private final ReentrantLock writing = new ReentrantLock();

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
            Closeable cut = this::cut;
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

    /** What is being written is let out first, unless nobody reads it. */
    private void cut() {
        boolean whole = false;
        try {
            whole = writing.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            exchange.close();
        } finally {
            if (whole) {
                writing.unlock();
            }
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
    private void stream(InputStream from, OutputStream to) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            writing.lock();
            try {
                to.write(chunk, 0, read);
                to.flush();
            } finally {
                writing.unlock();
            }
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
