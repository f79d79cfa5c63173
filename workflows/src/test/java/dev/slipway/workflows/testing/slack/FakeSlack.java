package dev.slipway.workflows.testing.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** One workspace of Slack on a loopback port: what apps call, what stands in its channels, and trouble when asked for. */
public final class FakeSlack implements AutoCloseable {
    public static final String TOKEN = "xoxb-fake";
    public static final String TEAM = "T0FAKE";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> STRUCTURED = Set.of("blocks", "metadata", "view");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<String, ObjectNode> users = new HashMap<>();
    private final Map<String, List<String>> groups = new HashMap<>();
    private final Map<String, Queue<Trouble>> troubles = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private int clock;

    /**
     * @param port 0 for any that is free
     */
    public FakeSlack(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** As {@code SLACK_API_URL}. */
    public URI api() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/");
    }

    /** Where what is posted is heard as the call {@code response_url}. */
    public String responseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/response/1";
    }

    public synchronized FakeSlack channel(String id) {
        channels.put(id, new Channel());
        return this;
    }

    /** A member of this workspace; {@code marks} such as {@code is_restricted} or {@code deleted} are true of them. */
    public synchronized FakeSlack user(String id, String... marks) {
        ObjectNode user = JsonNodeFactory.instance.objectNode().put("id", id).put("team_id", TEAM);
        for (String mark : marks) {
            user.put(mark, true);
        }
        users.put(id, user);
        return this;
    }

    public synchronized FakeSlack userOfTeam(String id, String team) {
        users.put(id, JsonNodeFactory.instance.objectNode().put("id", id).put("team_id", team));
        return this;
    }

    public synchronized FakeSlack userGroup(String id, String... members) {
        groups.put(id, List.of(members));
        return this;
    }

    /** Befalls the next call of the method; several befall the next ones in turn. */
    public synchronized FakeSlack next(String method, Trouble trouble) {
        troubles.computeIfAbsent(method, m -> new ArrayDeque<>()).add(trouble);
        return this;
    }

    public synchronized List<Call> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    public synchronized List<JsonNode> messages(String channel) {
        return channels.get(channel).all();
    }

    public synchronized void delete(String channel, String ts) {
        channels.get(channel).delete(ts);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestURI().getPath().replaceAll("^/api/", "");
            JsonNode arguments = arguments(exchange);
            boolean heard = method.startsWith("/response/");
            Trouble trouble = take(heard ? "response_url" : method, arguments);
            if (trouble instanceof Trouble.Closed) {
                return;
            }
            if (trouble instanceof Trouble.TooMany many) {
                exchange.getResponseHeaders().set("Retry-After", Integer.toString(many.retryAfter()));
                answer(exchange, 429, no("ratelimited"));
                return;
            }
            if (trouble instanceof Trouble.Status status) {
                exchange.sendResponseHeaders(status.status(), -1);
                return;
            }
            JsonNode done = trouble instanceof Trouble.No said
                    ? no(said.error())
                    : heard ? ok() : done(method, arguments, exchange);
            if (trouble instanceof Trouble.Slow slow) {
                LockSupport.parkNanos(slow.millis() * 1_000_000);
            }
            if (trouble instanceof Trouble.Held held) {
                await(held);
            }
            if (!(trouble instanceof Trouble.AnswerLost)) {
                answer(exchange, 200, done);
            }
        }
    }

    private static void await(Trouble.Held held) throws IOException {
        try {
            held.until().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("closed", e);
        }
    }

    private synchronized Trouble take(String method, JsonNode arguments) {
        calls.add(new Call(method, arguments));
        notifyAll();
        Queue<Trouble> queue = troubles.get(method);
        return queue == null ? null : queue.poll();
    }

    /** Waits until the method was called so often, at most 20 seconds. */
    public synchronized List<Call> await(String method, int times) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (calls(method).size() < times) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(method + " was not called " + times + " times: " + calls);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        return calls(method);
    }

    private synchronized JsonNode done(String method, JsonNode arguments, HttpExchange exchange) {
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        if (!("Bearer " + TOKEN).equals(bearer)) {
            return no(bearer == null ? "not_authed" : "invalid_auth");
        }
        return switch (method) {
            case "chat.postMessage" -> post(arguments);
            case "chat.update" -> update(arguments);
            case "conversations.replies" -> list(arguments, true);
            case "conversations.history" -> list(arguments, false);
            case "users.info" -> info(arguments.path("user").asText());
            case "usergroups.users.list" -> members(arguments.path("usergroup").asText());
            case "views.open" -> view(arguments);
            default -> no("unknown_method");
        };
    }

    private JsonNode post(JsonNode arguments) {
        String id = arguments.path("channel").asText();
        Channel channel = channels.get(id);
        if (channel == null) {
            return no("channel_not_found");
        }
        if (!BlockLimits.ofMessage(arguments).isEmpty()) {
            return no("invalid_blocks");
        }
        clock++;
        String ts = "1700000000." + String.format("%06d", clock);
        channel.post(ts, arguments);
        return ok().put("channel", id).put("ts", ts);
    }

    private JsonNode update(JsonNode arguments) {
        Channel channel = channels.get(arguments.path("channel").asText());
        if (channel == null) {
            return no("channel_not_found");
        }
        if (!BlockLimits.ofMessage(arguments).isEmpty()) {
            return no("invalid_blocks");
        }
        String ts = arguments.path("ts").asText();
        return channel.find(ts)
                .map(message -> {
                    for (String name : List.of("text", "blocks", "metadata")) {
                        message.set(name, arguments.get(name));
                    }
                    return (JsonNode) ok().put("ts", ts);
                })
                .orElseGet(() -> no("message_not_found"));
    }

    private JsonNode list(JsonNode arguments, boolean thread) {
        Channel channel = channels.get(arguments.path("channel").asText());
        if (channel == null) {
            return no("channel_not_found");
        }
        ArrayNode messages = thread ? channel.thread(arguments.path("ts").asText()) : channel.history();
        if (!arguments.path("include_all_metadata").asText().equals("true")) {
            messages.forEach(message -> ((ObjectNode) message).remove("metadata"));
        }
        return thread && messages.isEmpty() ? no("thread_not_found") : ok().set("messages", messages);
    }

    private JsonNode info(String id) {
        ObjectNode user = users.get(id);
        return user == null ? no("user_not_found") : ok().set("user", user.deepCopy());
    }

    private JsonNode members(String id) {
        List<String> members = groups.get(id);
        if (members == null) {
            return no("no_such_subteam");
        }
        ObjectNode answer = ok();
        ArrayNode list = answer.putArray("users");
        members.forEach(list::add);
        return answer;
    }

    private static JsonNode view(JsonNode arguments) {
        if (arguments.path("trigger_id").asText().isEmpty()) {
            return no("invalid_trigger_id");
        }
        List<String> wrong = BlockLimits.ofModal(arguments.path("view"));
        return wrong.isEmpty() ? ok() : no("invalid_arguments");
    }

    /** Slack takes JSON and forms; a form's values are texts, of which some are JSON. */
    private static JsonNode arguments(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (type.startsWith("application/json")) {
            return JSON.readTree(body);
        }
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        for (String pair : body.split("&")) {
            int is = pair.indexOf('=');
            if (is > 0) {
                String name = pair.substring(0, is);
                String value = URLDecoder.decode(pair.substring(is + 1), StandardCharsets.UTF_8);
                form.set(name, STRUCTURED.contains(name) ? JSON.readTree(value) : form.textNode(value));
            }
        }
        return form;
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static ObjectNode ok() {
        return JsonNodeFactory.instance.objectNode().put("ok", true);
    }

    private static ObjectNode no(String error) {
        return JsonNodeFactory.instance.objectNode().put("ok", false).put("error", error);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
