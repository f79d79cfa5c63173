package dev.slipway.activities.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The deployments of one repository, acme/podinfo, as GitHub's REST API has them; misbehaves on demand. */
final class FakeGitHub implements AutoCloseable {
    static final String TOKEN = "github-token";
    private static final String PATH = "/repos/acme/podinfo/deployments";
    private static final int LONGEST = 140;

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Long, ObjectNode> deployments = new LinkedHashMap<>();
    private final Map<Long, List<ObjectNode>> statuses = new LinkedHashMap<>();
    private final Deque<Map<String, String>> faults = new ArrayDeque<>();
    private final HttpServer server;

    FakeGitHub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next POST is done, and its answer is lost. */
    synchronized FakeGitHub losingTheAnswerOfAPost() {
        faults.add(Map.of("lose", "post"));
        return this;
    }

    /** The next request is answered with this status and these headers, each with its value behind it. */
    synchronized FakeGitHub answering(int status, String... headers) {
        Map<String, String> fault = new HashMap<>(Map.of("status", Integer.toString(status)));
        for (int i = 0; i < headers.length; i += 2) {
            fault.put(headers[i], headers[i + 1]);
        }
        faults.add(fault);
        return this;
    }

    synchronized List<ObjectNode> deployments() {
        return List.copyOf(deployments.values());
    }

    /** {@code state description} of the statuses of the only deployment, in the order in which they came. */
    synchronized List<String> statuses() {
        return statuses.values().stream()
                .flatMap(List::stream)
                .map(status -> status.path("state").asText() + " "
                        + status.path("description").asText())
                .toList();
    }

    synchronized JsonNode lastStatus() {
        return statuses.values().stream()
                .reduce((first, second) -> second)
                .map(all -> all.get(all.size() - 1))
                .orElseThrow();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean post = exchange.getRequestMethod().equals("POST");
        Map<String, String> fault = Map.of();
        if (!faults.isEmpty() && (!faults.peek().containsKey("lose") || post)) {
            fault = faults.remove();
        }
        if (fault.containsKey("status")) {
            fault.forEach(exchange.getResponseHeaders()::set);
            respond(
                    exchange,
                    Integer.parseInt(fault.get("status")),
                    json.createObjectNode().put("message", "no"));
            return;
        }
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            respond(exchange, 401, json.createObjectNode().put("message", "Bad credentials"));
            return;
        }
        JsonNode said = post ? made(exchange.getRequestURI().getPath(), json.readTree(body)) : listed(exchange);
        if (fault.containsKey("lose")) {
            exchange.close();
        } else {
            respond(exchange, said.has("errors") ? 422 : post ? 201 : 200, said);
        }
    }

    private JsonNode made(String path, JsonNode wanted) {
        if (wanted.path("description").asText().length() > LONGEST) {
            return json.createObjectNode().put("message", "Validation Failed").put("errors", "description");
        }
        if (path.equals(PATH)) {
            long id = 100 + deployments.size();
            ObjectNode deployment = wanted.deepCopy();
            deployments.put(id, deployment.put("id", id));
            statuses.put(id, new ArrayList<>());
            return deployment;
        }
        long id = id(path);
        statuses.get(id).add(wanted.deepCopy());
        return wanted;
    }

    /** Newest first, as GitHub has it. */
    private JsonNode listed(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        ArrayNode list = json.createArrayNode();
        if (!path.equals(PATH)) {
            statuses.get(id(path)).forEach(status -> list.insert(0, status));
            return list;
        }
        String query = exchange.getRequestURI().getQuery() + "&";
        deployments.values().stream()
                .filter(one ->
                        query.contains("environment=" + one.path("environment").asText() + "&"))
                .filter(one -> query.contains("ref=" + one.path("ref").asText() + "&"))
                .forEach(one -> list.insert(0, one));
        return list;
    }

    private static long id(String path) {
        return Long.parseLong(path.substring(PATH.length() + 1, path.lastIndexOf('/')));
    }

    private void respond(HttpExchange exchange, int status, JsonNode said) throws IOException {
        byte[] body = json.writeValueAsBytes(said);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
