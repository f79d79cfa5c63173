package dev.slipway.starter;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Slack sends over its socket, each in an envelope that wants an acknowledgement: the same words as over HTTP, to the same
 * desk. An envelope that comes again, for its acknowledgement was lost, is acknowledged again and handled once.
 */
@Component
@ConditionalOnProperty("slipway.slack.app-token-file")
class SlackEnvelopes implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(SlackEnvelopes.class);
    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final int THREADS = 16;

    private final SlackDesk desk;
    private final SlackSockets sockets;
    private final JsonMapper json;
    private final Clock clock = Clock.systemUTC();
    private final ExecutorService work = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "slack-envelope");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Heard> heard = new LinkedHashMap<>();

    SlackEnvelopes(SlackDesk desk, SlackSockets sockets, JsonMapper json) {
        this.desk = desk;
        this.sockets = sockets;
        this.json = json;
    }

    /** One that was heard, and what becomes of it. */
    private record Heard(long at, CompletableFuture<String> acknowledgement) {}

    /** Whoever brings it is not kept. */
    void take(String message, Consumer<String> answer) {
        JsonNode envelope;
        try {
            envelope = json.readTree(message);
        } catch (JacksonException e) {
            LOG.warn("Slack has sent what is no JSON over its socket");
            return;
        }
        String id = envelope.path("envelope_id").asString("");
        if (id.isEmpty()) {
            greeted(envelope);
            return;
        }
        CompletableFuture<Void> unused = acknowledgement(id, envelope).thenAccept(text -> send(text, answer));
    }

    /** Slack's first word over a socket; whatever else has no id is nothing for us. */
    private void greeted(JsonNode message) {
        if (message.path("type").asString("").equals("hello")) {
            sockets.hello(message.path("num_connections").asInt(0), clock.instant());
        }
    }

    private synchronized CompletableFuture<String> acknowledgement(String id, JsonNode envelope) {
        long now = clock.millis();
        heard.values().removeIf(one -> one.at() < now - MEMORY.toMillis());
        return heard.computeIfAbsent(
                        id,
                        first -> new Heard(
                                now,
                                CompletableFuture.supplyAsync(
                                        () -> acknowledged(id, envelope, answer(envelope)), work)))
                .acknowledgement();
    }

    private String acknowledged(String id, JsonNode envelope, Optional<JsonNode> answer) {
        ObjectNode acknowledgement = json.createObjectNode().put("envelope_id", id);
        if (envelope.path("accepts_response_payload").asBoolean(false)) {
            answer.ifPresent(payload -> acknowledgement.set("payload", payload));
        }
        return acknowledgement.toString();
    }

    /** A modal closes when it is acknowledged with nothing, so what fails is said in it. */
    private Optional<JsonNode> answer(JsonNode envelope) {
        JsonNode payload = envelope.path("payload");
        boolean modal = payload.path("type").asString("").equals("view_submission");
        try {
            return switch (envelope.path("type").asString("")) {
                case "interactive" -> desk.interaction(payload);
                case "slash_commands" -> Optional.of(desk.command(form(payload)));
                default -> Optional.empty();
            };
        } catch (RuntimeException failure) {
            LOG.error("what somebody said in Slack failed", failure);
            return modal
                    ? Optional.of(SlackModal.notTaken("Not recorded: this failed; the starter's log says why"))
                    : Optional.empty();
        }
    }

    private static Map<String, String> form(JsonNode payload) {
        Map<String, String> form = new HashMap<>();
        payload.properties()
                .forEach(one -> form.put(one.getKey(), one.getValue().asString("")));
        return form;
    }

    /** What cannot be said is said when Slack sends the envelope again, which it does when it hears nothing. */
    private static void send(String text, Consumer<String> answer) {
        try {
            answer.accept(text);
        } catch (RuntimeException gone) {
            LOG.warn("Slack does not hear that its word was taken, for the connection is gone: {}", gone.toString());
        }
    }

    @Override
    public void destroy() {
        work.shutdown();
    }
}
