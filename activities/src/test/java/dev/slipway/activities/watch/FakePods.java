package dev.slipway.activities.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Pods that say what they are told to, each at its own path of one server, and answer oddly on demand. */
final class FakePods implements PodList, AutoCloseable {
    static final String NAMESPACE = "production";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, PodAddress> listed = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();
    private boolean apiIsAway;
    private CountDownLatch expected = new CountDownLatch(0);

    /** @param length announced, which may be a lie; -1 for none */
    private record Answer(int status, String contentType, String body, long length) {
        static final Answer NEVER = new Answer(0, "", "", 0);
    }

    FakePods() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** A pod of the release that exposes this text. */
    synchronized PodAddress run(String pod, String release, String text) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + pod);
        says(pod, text);
        PodAddress address = new PodAddress(NAMESPACE, pod, release, uri);
        listed.put(pod, address);
        return address;
    }

    synchronized void says(String pod, String text) {
        answers(pod, 200, "text/plain; version=0.0.4; charset=utf-8", text);
    }

    synchronized void answers(String pod, int status, String contentType, String body) {
        long length = body.getBytes(StandardCharsets.UTF_8).length;
        answers.put(pod, new Answer(status, contentType, body, length));
    }

    /** Says that there is more to come, and then nothing more. */
    synchronized void breaksOff(String pod, String body) {
        answers.put(pod, new Answer(200, "text/plain", body, body.length() + 10L));
    }

    synchronized void hangs(String pod) {
        answers.put(pod, Answer.NEVER);
    }

    synchronized void isGone(String pod) {
        listed.remove(pod);
    }

    /** Reaches zero after so many further scrapes. */
    synchronized CountDownLatch expect(int scrapes) {
        expected = new CountDownLatch(scrapes);
        return expected;
    }

    synchronized void apiIsAway(boolean isAway) {
        apiIsAway = isAway;
    }

    @Override
    public synchronized List<PodAddress> now() {
        if (apiIsAway) {
            throw new IllegalStateException("the API server is away");
        }
        return List.copyOf(listed.values());
    }

    private void answer(HttpExchange exchange) throws IOException {
        Answer answer = take(exchange.getRequestURI().getPath().substring(1));
        if (answer == Answer.NEVER) {
            await();
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (!answer.contentType().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        }
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(Math.max(answer.status(), 200), answer.length() == 0 ? -1 : answer.length());
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized Answer take(String pod) {
        asked.add(pod);
        expected.countDown();
        return answers.getOrDefault(pod, new Answer(200, "text/plain", "", 0));
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdown();
    }
}
