package dev.slipway.workflows.testing.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages of one channel, oldest first. */
final class Channel {
    private final List<ObjectNode> messages = new ArrayList<>();

    ObjectNode post(String ts, JsonNode arguments) {
        ObjectNode message =
                JsonNodeFactory.instance.objectNode().put("type", "message").put("ts", ts);
        for (String name : List.of("text", "blocks", "metadata", "thread_ts", "reply_broadcast")) {
            if (arguments.has(name)) {
                message.set(name, arguments.get(name));
            }
        }
        messages.add(message);
        return message;
    }

    Optional<ObjectNode> find(String ts) {
        return messages.stream().filter(m -> m.path("ts").asText().equals(ts)).findFirst();
    }

    void delete(String ts) {
        messages.removeIf(m -> m.path("ts").asText().equals(ts));
    }

    /** As {@code conversations.replies}: the parent first. */
    ArrayNode thread(String ts) {
        return list(messages.stream()
                .filter(m -> m.path("ts").asText().equals(ts)
                        || m.path("thread_ts").asText().equals(ts))
                .toList());
    }

    /**
     * As {@code conversations.history}: the latest first, no replies but those that were broadcast.
     *
     * @param oldest in seconds; everything when empty
     */
    ArrayNode history(String oldest) {
        double since = oldest.isEmpty() ? 0 : Double.parseDouble(oldest);
        List<ObjectNode> roots = new ArrayList<>(messages.stream()
                .filter(m -> Double.parseDouble(m.path("ts").asText()) > since)
                .filter(m -> !m.has("thread_ts") || m.path("reply_broadcast").asBoolean())
                .toList());
        java.util.Collections.reverse(roots);
        return list(roots);
    }

    List<JsonNode> all() {
        return messages.stream().map(m -> (JsonNode) m.deepCopy()).toList();
    }

    private static ArrayNode list(List<ObjectNode> some) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        some.forEach(m -> list.add(m.deepCopy()));
        return list;
    }
}
