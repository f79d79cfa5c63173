package dev.slipway.activities.announce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a message of ours is, in its metadata, which people do not see: how a second try finds what the first one posted before
 * its answer was lost.
 *
 * @param run of the release's workflow
 * @param number of the last fact that it tells
 * @param details of the fact that asked, for an ask
 */
record Mark(Kind kind, String run, long number, Map<String, String> details) {
    private static final String PREFIX = "slipway_";

    Mark {
        details = Map.copyOf(details);
    }

    enum Kind {
        RELEASE,
        NEWS,
        ASK
    }

    static Mark release(String run) {
        return new Mark(Kind.RELEASE, run, 0, Map.of());
    }

    static Mark news(String run, long number) {
        return new Mark(Kind.NEWS, run, number, Map.of());
    }

    static Mark ask(String run, long number, Map<String, String> details) {
        return new Mark(Kind.ASK, run, number, details);
    }

    ObjectNode json() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("event_type", PREFIX + kind.name().toLowerCase(Locale.ROOT));
        ObjectNode payload = metadata.putObject("event_payload").put("run", run).put("number", number);
        details.forEach((name, value) -> payload.put("asked_" + name, value));
        return metadata;
    }

    /** Empty when it is nobody's, or somebody else's. */
    static Optional<Mark> of(JsonNode metadata) {
        String type = metadata.path("event_type").asText("");
        for (Kind kind : Kind.values()) {
            if (type.equals(PREFIX + kind.name().toLowerCase(Locale.ROOT))) {
                JsonNode payload = metadata.path("event_payload");
                Map<String, String> details = new HashMap<>();
                payload.fieldNames().forEachRemaining(name -> {
                    if (name.startsWith("asked_")) {
                        details.put(
                                name.substring("asked_".length()),
                                payload.path(name).asText());
                    }
                });
                return Optional.of(new Mark(
                        kind,
                        payload.path("run").asText(""),
                        payload.path("number").asLong(),
                        details));
            }
        }
        return Optional.empty();
    }
}
