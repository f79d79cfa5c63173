package dev.slipway.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** The lab's Slack: what stands in its channel, its people, who click and hand in, and trouble on demand. */
final class Workspace {
    static final String ANN = "U0ANN";
    static final String BOB = "U0BOB";
    /** Has the token that requests releases, {@link Cli#approver()}. */
    static final String REQUESTER = "U0REQUESTER";
    /** A member of the workspace whom the platform team does not know. */
    static final String STRANGER = "U0STRANGER";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CHANNEL = Lab.need("SLACK_CHANNEL");

    private Workspace() {}

    /**
     * What the app answered to something that Slack sent.
     *
     * @param request its number, to send its bytes again
     * @param status 0 when there was no answer within 3 s
     * @param at when it was sent, in milliseconds since 1970
     */
    record Answer(int request, int status, long at, long millis, String body) {}

    /** The messages of a release, of all its attempts; oldest first. */
    static List<JsonNode> messages(String release, String kind) {
        return StreamSupport.stream(get("messages?" + CHANNEL).spliterator(), false)
                .filter(message ->
                        message.path("metadata").path("event_type").asText().equals("slipway_" + kind))
                .filter(message -> message.toString().contains(release))
                .toList();
    }

    /** What stands in the thread below a message; oldest first. */
    static List<JsonNode> thread(JsonNode root) {
        return StreamSupport.stream(get("messages?" + CHANNEL).spliterator(), false)
                .filter(message -> message.path("thread_ts")
                        .asText()
                        .equals(root.path("ts").asText()))
                .filter(message ->
                        !message.path("ts").asText().equals(root.path("ts").asText()))
                .toList();
    }

    /** Waits until an attempt asks, and answers the message with its buttons. */
    static JsonNode asked(String release, int attempt) {
        Eventually.holds(
                release + " asks in attempt " + attempt,
                Duration.ofMinutes(2),
                () -> asking(release, attempt).isPresent());
        return asking(release, attempt).orElseThrow();
    }

    /** Waits until a gate asks, and answers the message with its buttons. */
    static JsonNode asked(String release, String gate) {
        Eventually.holds(
                release + " asks at " + gate,
                Duration.ofMinutes(2),
                () -> asking(release, value -> value.endsWith(" " + gate)).isPresent());
        return asking(release, value -> value.endsWith(" " + gate)).orElseThrow();
    }

    private static Optional<JsonNode> asking(String release, int attempt) {
        return asking(release, value -> value.startsWith("1 " + release + " " + attempt + " "));
    }

    private static Optional<JsonNode> asking(String release, Predicate<String> which) {
        return messages(release, "ask").stream()
                .filter(message -> which.test(value(message)))
                .findFirst();
    }

    /** What the buttons of a message carry; empty when it has none. */
    static String value(JsonNode message) {
        List<String> values = message.path("blocks").findValuesAsText("value");
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The message as it is now. */
    static JsonNode now(JsonNode message) {
        String ts = message.path("ts").asText();
        return StreamSupport.stream(get("messages?" + CHANNEL).spliterator(), false)
                .filter(one -> one.path("ts").asText().equals(ts))
                .findFirst()
                .orElseThrow();
    }

    static Answer click(String user, JsonNode message, String action) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode().put("user", user);
        asked.put("channel", CHANNEL).put("ts", message.path("ts").asText());
        return answer(post("click", asked.put("action", action).put("value", value(message))));
    }

    /** Clicks Approve, and answers the modal that opens. */
    static JsonNode modal(String user, JsonNode message) {
        String before = get("modal?" + user).path("id").asText();
        Answer clicked = click(user, message, "release.approve");
        if (clicked.status() != 200) {
            throw new AssertionError("a click is answered " + clicked);
        }
        Eventually.holds(
                "a modal opens for " + user,
                Duration.ofSeconds(5),
                () -> !get("modal?" + user).path("id").asText().equals(before));
        return get("modal?" + user);
    }

    static Answer submit(String user, JsonNode modal, String reason) {
        ObjectNode asked =
                JsonNodeFactory.instance.objectNode().put("user", user).put("reason", reason);
        asked.set("view", modal);
        return answer(post("submit", asked));
    }

    /** The same modal, as if it had been opened for another question. */
    static JsonNode asking(JsonNode modal, String instead, String of) {
        ObjectNode other = modal.deepCopy();
        return other.put(
                "private_metadata", other.path("private_metadata").asText().replace(of, instead));
    }

    /** The same bytes once more. */
    static Answer replay(Answer earlier) {
        return answer(post("resend", JsonNodeFactory.instance.objectNode().put("request", earlier.request())));
    }

    /** The same words, signed with another secret. */
    static Answer forge(Answer earlier) {
        return answer(post("forge", JsonNodeFactory.instance.objectNode().put("request", earlier.request())));
    }

    /** Befalls the next call of the method, such as {@code too-many}, {@code closed}, {@code answer-lost}. */
    static void trouble(String method, String kind, int number, String error) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode().put("method", method);
        JsonNode unused =
                post("trouble", asked.put("kind", kind).put("number", number).put("error", error));
    }

    /** How often the app has called this method. */
    static int calls(String method) {
        return get("calls?" + method).size();
    }

    private static Answer answer(JsonNode told) {
        return new Answer(
                told.path("request").asInt(),
                told.path("status").asInt(),
                told.path("at").asLong(),
                told.path("millis").asLong(),
                told.path("body").asText());
    }

    private static JsonNode get(String what) {
        return sent(HttpRequest.newBuilder(at(what)).build());
    }

    private static JsonNode post(String what, JsonNode asked) {
        return sent(HttpRequest.newBuilder(at(what))
                .POST(HttpRequest.BodyPublishers.ofString(asked.toString()))
                .build());
    }

    private static URI at(String what) {
        return URI.create(Lab.need("SLACK_URL") + "/lab/" + what);
    }

    private static JsonNode sent(HttpRequest request) {
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(request + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON from " + request, e);
        } catch (IOException e) {
            throw new AssertionError("the lab's Slack does not answer " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
