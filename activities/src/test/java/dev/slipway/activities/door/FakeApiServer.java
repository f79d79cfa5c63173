package dev.slipway.activities.door;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Notes what comes and answers with it; a path with {@code watch} says one line and stays open. */
final class FakeApiServer implements AutoCloseable {
    /** One request as it came. */
    record Request(String method, String uri, com.sun.net.httpserver.Headers headers, String body) {}

    static final String TOKEN = "the-workers-own-token";

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    FakeApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String uri = exchange.getRequestURI().toString();
            requests.add(new Request(exchange.getRequestMethod(), uri, exchange.getRequestHeaders(), body));
            byte[] answer = ("you said " + body + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Audit-Id", "42");
            boolean watch = uri.contains("watch");
            exchange.sendResponseHeaders(201, watch ? 0 : answer.length);
            OutputStream out = exchange.getResponseBody();
            out.write(answer);
            out.flush();
            if (watch) {
                end.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<Request> requests() {
        return requests;
    }

    /** With a token in it. */
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [ { name: c, cluster: { server: "http://127.0.0.1:%d" } } ]
                users: [ { name: u, user: { token: %s } } ]
                contexts: [ { name: x, context: { cluster: c, user: u } } ]
                current-context: x
                """.formatted(server.getAddress().getPort(), TOKEN));
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
