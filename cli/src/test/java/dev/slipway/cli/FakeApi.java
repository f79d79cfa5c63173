package dev.slipway.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.model.ReleaseView;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The REST API of docs/api.md with one release that moves through a story, and every way to misbehave. */
final class FakeApi implements AutoCloseable {
    static final String TOKEN = "s3cret-token-of-the-tests";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> requests = new ArrayList<>();
    private final Map<String, Deque<Reply>> replies = new HashMap<>();
    private final Deque<Integer> cuts = new ArrayDeque<>();
    private List<String> story = List.of();
    private int at;
    private boolean streams = true;

    record Request(String method, String path, String body, Map<String, String> headers) {
        /** What is in a part of an upload. */
        String part(String name) {
            String boundary = headers.get("Content-type").replaceAll(".*boundary=", "--");
            for (String part : body.split(boundary)) {
                int head = part.indexOf("\r\n\r\n");
                if (head > 0 && part.substring(0, head).contains("name=\"" + name + "\"")) {
                    return part.substring(head + 4, part.length() - 2);
                }
            }
            throw new AssertionError("no part " + name);
        }
    }

    record Reply(int status, String type, String body, Map<String, String> headers) {}

    FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What the release goes through: the first is what is there now, each look at the stream moves it on. */
    FakeApi story(ReleaseView... views) {
        List<String> documents = new ArrayList<>();
        for (ReleaseView view : views) {
            documents.add(Json.line(view));
        }
        return storyOf(documents);
    }

    synchronized FakeApi storyOf(List<String> documents) {
        story = List.copyOf(documents);
        at = 0;
        return this;
    }

    /** The next stream breaks off after so many events, in the middle of one. */
    synchronized FakeApi cutAfter(int events) {
        cuts.add(events);
        return this;
    }

    /** The next stream says nothing at all, as when a network swallows everything. */
    FakeApi thenSilent() {
        return cutAfter(-1);
    }

    /** There is no event stream; each question moves the story on. */
    synchronized FakeApi withoutStream() {
        streams = false;
        return this;
    }

    /** The next answer for this route, once. */
    FakeApi answers(String route, int status, String body) {
        return answers(
                route, status, status / 100 == 2 ? "application/json" : "application/problem+json", body, Map.of());
    }

    synchronized FakeApi answers(String route, int status, String type, String body, Map<String, String> headers) {
        replies.computeIfAbsent(route, r -> new ArrayDeque<>()).add(new Reply(status, type, body, headers));
        return this;
    }

    FakeApi refuses(String route, int status, String type, String detail) {
        return answers(
                route,
                status,
                Json.line(Map.of("type", "https://slipway.dev/problems/" + type, "status", status, "detail", detail)));
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized Request last(String method) {
        return requests.stream()
                .filter(r -> r.method().equals(method))
                .reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError("no " + method + " among " + requests));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            // ISO 8859-1 keeps every byte of a multipart body
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            Reply scripted;
            synchronized (this) {
                requests.add(new Request(exchange.getRequestMethod(), path, body, headers));
                Deque<Reply> waiting = replies.get(exchange.getRequestMethod() + " " + path);
                scripted = waiting == null ? null : waiting.poll();
            }
            if (scripted != null) {
                send(exchange, scripted);
            } else if (!("Bearer " + TOKEN).equals(headers.get("Authorization"))) {
                send(exchange, problem(401, "not-authenticated", "the token is not known"));
            } else {
                route(exchange, path);
            }
        }
    }

    private void route(HttpExchange exchange, String path) throws IOException {
        String release = "/api/v1/releases/" + Views.ID;
        boolean post = exchange.getRequestMethod().equals("POST");
        if (post && path.equals("/api/v1/releases")) {
            send(exchange, json(202, Map.of("release", Views.ID, "attempt", 1, "attached", false)));
        } else if (post && path.startsWith(release + "/")) {
            send(exchange, json(200, Map.of("release", Views.ID, "message", "taken")));
        } else if (path.equals(release) && at < story.size()) {
            send(exchange, new Reply(200, "application/json", look(), Map.of()));
        } else if (path.equals(release + "/events") && streams) {
            stream(exchange);
        } else {
            send(exchange, problem(404, "not-found", "there is no such thing"));
        }
    }

    private synchronized String look() {
        String now = story.get(at);
        if (!streams && at < story.size() - 1) {
            at++;
        }
        return now;
    }

    private void stream(HttpExchange exchange) throws IOException {
        Integer cut;
        synchronized (this) {
            cut = cuts.poll();
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        // a stream that will be cut promises more than it sends
        exchange.sendResponseHeaders(200, cut == null ? 0 : 1 << 20);
        OutputStream out = exchange.getResponseBody();
        out.write(": welcome\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        if (cut != null && cut < 0) {
            awaitClose();
            return;
        }
        for (int sent = 0; ; sent++) {
            String document;
            synchronized (this) {
                document = story.get(at);
            }
            if (cut != null && sent == cut) {
                out.write("event: release\ndata: {\"rel".getBytes(StandardCharsets.UTF_8));
                out.flush();
                return;
            }
            out.write(
                    ("event: release\nid: " + sent + "\ndata: " + document + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            synchronized (this) {
                if (at == story.size() - 1) {
                    break;
                }
                at++;
            }
        }
        if (!story.get(at).contains("\"phase\":\"DONE\"")) {
            awaitClose();
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Reply problem(int status, String type, String detail) {
        return new Reply(
                status,
                "application/problem+json",
                Json.line(Map.of("type", "https://slipway.dev/problems/" + type, "status", status, "detail", detail)),
                Map.of());
    }

    private static Reply json(int status, Object document) {
        return new Reply(status, "application/json", Json.line(document), Map.of());
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
