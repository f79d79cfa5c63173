package dev.slipway.workflows.testing.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The connections over which Slack sends what people do: Socket Mode. An address is good for one connection. */
public final class Sockets implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final ServerSocket server;
    private final List<Socket> sockets = new ArrayList<>();
    private final Map<String, List<JsonNode>> acknowledged = new HashMap<>();
    private int tickets;
    private int envelopes;
    private int others;
    private int said;

    Sockets() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** As {@code apps.connections.open}. */
    synchronized String address() {
        tickets++;
        return "ws://127.0.0.1:" + server.getLocalPort() + "/link/?ticket=" + tickets;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = new Socket(server.accept());
                daemon(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try {
            String unused = socket.open();
        } catch (IOException e) {
            socket.close();
            return;
        }
        synchronized (this) {
            said = others + (int) sockets.stream().filter(Socket::isOpen).count() + 1;
            socket.send(
                    "{\"type\":\"hello\",\"num_connections\":" + said + ",\"debug_info\":{},\"connection_info\":{}}");
            sockets.add(socket);
            notifyAll();
        }
        socket.listen(this::heard);
    }

    private synchronized void heard(String text) {
        JsonNode said = parsed(text);
        acknowledged
                .computeIfAbsent(said.path("envelope_id").asText(), id -> new ArrayList<>())
                .add(said.path("payload"));
        notifyAll();
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /**
     * Sends a new envelope over the connection that was opened last; its id.
     *
     * @param type {@code interactive} or {@code slash_commands}
     * @param payload JSON
     */
    public synchronized String send(String type, String payload) {
        String id = "envelope-" + ++envelopes;
        send(type, id, payload);
        return id;
    }

    /** The same, with an id that may have been there before. */
    public synchronized void send(String type, String id, String payload) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode().put("type", type);
        envelope.put("envelope_id", id).put("accepts_response_payload", true);
        envelope.set("payload", parsed(payload));
        say(envelope);
    }

    /** Slack asks for a new connection, or says that there is to be none: {@code refresh_requested}, {@code link_disabled}. */
    public synchronized void disconnect(String reason) {
        say(JsonNodeFactory.instance.objectNode().put("type", "disconnect").put("reason", reason));
    }

    private void say(JsonNode message) {
        await("a connection", () -> sockets.stream().anyMatch(Socket::isOpen));
        List<Socket> open = sockets.stream().filter(Socket::isOpen).toList();
        open.get(open.size() - 1).send(message.toString());
    }

    /** All connections break. */
    public synchronized void cut() {
        sockets.forEach(Socket::close);
    }

    /** Waits for so many acknowledgements of an envelope: what came with each, missing when there was nothing. */
    public synchronized List<JsonNode> acknowledged(String id, int times) {
        await(times + " acknowledgements of " + id, () -> acknowledgements(id).size() >= times);
        return List.copyOf(acknowledgements(id));
    }

    private List<JsonNode> acknowledgements(String id) {
        return acknowledged.getOrDefault(id, List.of());
    }

    /** Waits until so many connections were opened, those that are closed now among them. */
    public synchronized void awaitOpened(int times) {
        await(times + " connections", () -> sockets.size() >= times);
    }

    /** So many connections of somebody else who has the app's token are open from now on, and none of them is asked anything. */
    public synchronized void others(int number) {
        others = number;
    }

    /** How many connections the last greeting said to be open. */
    public synchronized int said() {
        return said;
    }

    /** How many were opened. */
    public synchronized int opened() {
        return sockets.size();
    }

    private void await(String what, java.util.function.BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!there.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no " + what);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-slack-socket");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
