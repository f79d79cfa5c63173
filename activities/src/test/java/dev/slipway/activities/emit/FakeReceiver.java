package dev.slipway.activities.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver that keeps CloudEvents of each id once, as the specification lets it, and all else; it misbehaves on demand. */
final class FakeReceiver implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, JsonNode> kept = new LinkedHashMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<JsonNode> bodies = new ArrayList<>();
    private final List<String> headers = new ArrayList<>();
    private final HttpServer server;
    private int posts;
    private String reply = "";

    /** What becomes of a request instead of being kept. */
    private enum Trouble {
        STATUS,
        HANG_UP,
        SILENT,
        ENDLESS
    }

    private record Fault(Trouble trouble, int status, String retryAfter, boolean keeps) {}

    FakeReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events?key=hidden");
    }

    FakeReceiver answering(int status, String retryAfter) {
        return add(new Fault(Trouble.STATUS, status, retryAfter, false));
    }

    FakeReceiver hangingUp() {
        return add(new Fault(Trouble.HANG_UP, 0, "", false));
    }

    /** Has it, and hangs up without a word. */
    FakeReceiver losingTheAnswer() {
        return add(new Fault(Trouble.HANG_UP, 0, "", true));
    }

    FakeReceiver silent() {
        return add(new Fault(Trouble.SILENT, 0, "", false));
    }

    /** Says 200 and never ends what it says. */
    FakeReceiver endless() {
        return add(new Fault(Trouble.ENDLESS, 200, "", false));
    }

    /** Says so from now on when it has something. */
    synchronized FakeReceiver replying(String words) {
        reply = words;
        return this;
    }

    private synchronized FakeReceiver add(Fault fault) {
        faults.add(fault);
        return this;
    }

    /** In the order in which they came, each once. */
    synchronized List<String> types() {
        return kept.values().stream()
                .map(event -> event.path("type").asText().replaceAll("dev\\.cdevents\\.|\\.0\\.2\\.0", ""))
                .toList();
    }

    synchronized List<JsonNode> events() {
        return List.copyOf(kept.values());
    }

    /** Whatever it has, as often as it came. */
    synchronized List<JsonNode> bodies() {
        return List.copyOf(bodies);
    }

    synchronized int posts() {
        return posts;
    }

    /** {@code Content-Type Authorization} of each request. */
    synchronized List<String> headers() {
        return List.copyOf(headers);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Fault fault = hear(exchange, body);
        switch (fault.trouble()) {
            case HANG_UP -> exchange.close();
            case SILENT -> awaitClose();
            case ENDLESS -> {
                exchange.sendResponseHeaders(fault.status(), 0);
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
                awaitClose();
            }
            case STATUS -> {
                if (!fault.retryAfter().isEmpty()) {
                    exchange.getResponseHeaders().set("Retry-After", fault.retryAfter());
                }
                byte[] words = fault.keeps() ? said() : new byte[0];
                exchange.sendResponseHeaders(fault.status(), words.length == 0 ? -1 : words.length);
                exchange.getResponseBody().write(words);
                exchange.close();
            }
        }
    }

    private synchronized Fault hear(HttpExchange exchange, byte[] body) throws IOException {
        posts++;
        headers.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        Fault fault = faults.isEmpty() ? new Fault(Trouble.STATUS, 202, "", true) : faults.remove();
        if (fault.keeps()) {
            JsonNode event = json.readTree(body);
            bodies.add(event);
            kept.putIfAbsent(event.path("id").asText(), event);
        }
        return fault;
    }

    private synchronized byte[] said() {
        return reply.getBytes(StandardCharsets.UTF_8);
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
