package dev.slipway.workflows.testing.slack;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** One workspace of Slack on a loopback port: what apps call, what stands in its channels, and trouble when asked for. */
public final class FakeSlack implements AutoCloseable {
    public static final String TOKEN = "xoxb-fake";
    /** Of the app, for Socket Mode alone. */
    public static final String APP_TOKEN = "xapp-fake";

    public static final String TEAM = "T0FAKE";
    /** On the lab it runs for weeks. */
    private static final int CALLS_KEPT = 5000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<String, ObjectNode> users = new HashMap<>();
    private final Map<String, List<String>> groups = new HashMap<>();
    private final Map<String, Queue<Trouble>> troubles = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final Modals modals = new Modals();
    private final Sockets sockets = new Sockets();
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

    /** From now on another process may do things with it. */
    void controlled(RemoteControl control) {
        server.createContext("/lab/", control::serve);
    }

    /** Its Socket Mode. */
    public Sockets sockets() {
        return sockets;
    }

    Modals modals() {
        return modals;
    }

    synchronized Optional<JsonNode> message(String channel, String ts) {
        return Optional.ofNullable(channels.get(channel))
                .flatMap(in -> in.find(ts))
                .map(found -> (JsonNode) found.deepCopy());
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

    /** What the profile of a member says, from now on. */
    public synchronized FakeSlack email(String id, String address) {
        ObjectNode user = users.get(id);
        user.putObject("profile").put("email", address);
        return this;
    }

    /** Slack does not know whether the address is theirs. */
    public synchronized FakeSlack unconfirmed(String id) {
        users.get(id).put("is_email_confirmed", false);
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
            if (method.equals("/actuator/health")) {
                Wire.answer(exchange, 200, Wire.ok());
                return;
            }
            JsonNode arguments = Wire.arguments(exchange);
            boolean heard = method.startsWith("/response/");
            Trouble trouble = take(heard ? "response_url" : method, arguments);
            if (trouble instanceof Trouble.Closed) {
                return;
            }
            if (trouble instanceof Trouble.TooMany many) {
                exchange.getResponseHeaders().set("Retry-After", Integer.toString(many.retryAfter()));
                Wire.answer(exchange, 429, Wire.no("ratelimited"));
                return;
            }
            if (trouble instanceof Trouble.Status status) {
                exchange.sendResponseHeaders(status.status(), -1);
                return;
            }
            JsonNode done = trouble instanceof Trouble.No said
                    ? Wire.no(said.error())
                    : heard ? Wire.ok() : done(method, arguments, exchange);
            if (trouble instanceof Trouble.Slow slow) {
                LockSupport.parkNanos(slow.millis() * 1_000_000);
            }
            if (trouble instanceof Trouble.Held held) {
                await(held);
            }
            if (!(trouble instanceof Trouble.AnswerLost)) {
                Wire.answer(exchange, 200, done);
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
        if (calls.size() > CALLS_KEPT) {
            calls.remove(0);
        }
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
        boolean app = method.equals("apps.connections.open");
        if (!("Bearer " + (app ? APP_TOKEN : TOKEN)).equals(bearer)) {
            return Wire.no(bearer == null ? "not_authed" : "invalid_auth");
        }
        return switch (method) {
            case "apps.connections.open" -> Wire.ok().put("url", sockets.address());
            case "chat.postMessage" -> post(arguments);
            case "chat.update" -> update(arguments);
            case "conversations.replies" -> list(arguments, true);
            case "conversations.history" -> list(arguments, false);
            case "users.info" -> info(arguments.path("user").asText());
            case "usergroups.users.list" -> members(arguments.path("usergroup").asText());
            case "views.open" -> view(arguments);
            default -> Wire.no("unknown_method");
        };
    }

    private JsonNode post(JsonNode arguments) {
        String id = arguments.path("channel").asText();
        Channel channel = channels.get(id);
        if (channel == null) {
            return Wire.no("channel_not_found");
        }
        if (!BlockLimits.ofMessage(arguments).isEmpty()) {
            return Wire.no("invalid_blocks");
        }
        clock++;
        String ts = Instant.now().getEpochSecond() + "." + String.format("%06d", clock % 1_000_000);
        channel.post(ts, arguments);
        return Wire.ok().put("channel", id).put("ts", ts);
    }

    private JsonNode update(JsonNode arguments) {
        Channel channel = channels.get(arguments.path("channel").asText());
        if (channel == null) {
            return Wire.no("channel_not_found");
        }
        if (!BlockLimits.ofMessage(arguments).isEmpty()) {
            return Wire.no("invalid_blocks");
        }
        String ts = arguments.path("ts").asText();
        return channel.find(ts)
                .map(message -> {
                    for (String name : List.of("text", "blocks", "metadata")) {
                        message.set(name, arguments.get(name));
                    }
                    return (JsonNode) Wire.ok().put("ts", ts);
                })
                .orElseGet(() -> Wire.no("message_not_found"));
    }

    private JsonNode list(JsonNode arguments, boolean thread) {
        Channel channel = channels.get(arguments.path("channel").asText());
        if (channel == null) {
            return Wire.no("channel_not_found");
        }
        ArrayNode messages = thread
                ? channel.thread(arguments.path("ts").asText())
                : channel.history(arguments.path("oldest").asText());
        if (!arguments.path("include_all_metadata").asText().equals("true")) {
            messages.forEach(message -> ((ObjectNode) message).remove("metadata"));
        }
        return thread && messages.isEmpty()
                ? Wire.no("thread_not_found")
                : Wire.ok().set("messages", messages);
    }

    private JsonNode info(String id) {
        ObjectNode user = users.get(id);
        return user == null ? Wire.no("user_not_found") : Wire.ok().set("user", user.deepCopy());
    }

    private JsonNode members(String id) {
        List<String> members = groups.get(id);
        if (members == null) {
            return Wire.no("no_such_subteam");
        }
        ObjectNode answer = Wire.ok();
        ArrayNode list = answer.putArray("users");
        members.forEach(list::add);
        return answer;
    }

    private JsonNode view(JsonNode arguments) {
        return modals.open(arguments.path("trigger_id").asText(), arguments.path("view"))
                .map(Wire::no)
                .orElseGet(Wire::ok);
    }

    @Override
    public void close() {
        sockets.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
