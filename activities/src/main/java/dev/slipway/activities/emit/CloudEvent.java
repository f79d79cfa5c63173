package dev.slipway.activities.emit;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A CDEvent in a CloudEvent, by the CloudEvents binding of CDEvents.
 *
 * @param id the same whenever it is sent, so that a receiver can drop what it has
 * @param chain what belongs together has the same: the run of the release's workflow
 * @param release what CDEvents has no field for
 */
record CloudEvent(
        String id, URI source, String type, Instant at, String chain, Subject subject, Map<String, String> release) {
    private static final String CDEVENTS = "0.4.1";

    /** What it is about. */
    record Subject(String id, String type, Map<String, Object> content) {}

    /** The body of the structured mode. */
    Map<String, Object> json() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", source.toString());
        event.put("type", type);
        event.put("subject", subject.id());
        event.put("time", at.toString());
        event.put("datacontenttype", "application/json");
        event.put("data", data());
        return event;
    }

    private Map<String, Object> data() {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("version", CDEVENTS);
        context.put("id", id);
        context.put("source", source.toString());
        context.put("type", type);
        context.put("timestamp", at.toString());
        context.put("chainId", chain);
        return Map.of(
                "context",
                context,
                "subject",
                Map.of(
                        "id",
                        subject.id(),
                        "source",
                        source.toString(),
                        "type",
                        subject.type(),
                        "content",
                        subject.content()),
                "customData",
                release,
                "customDataContentType",
                "application/json");
    }
}
