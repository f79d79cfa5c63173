package dev.slipway.activities.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PagerDuty's Events API v2 by nothing but the JDK. */
final class JdkClient implements PagerDutyClient {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI events;
    private final URI changes;
    private final Duration answer;

    JdkClient(URI events, URI changes, Duration answer) {
        this.events = events;
        this.changes = changes;
        this.answer = answer;
    }

    @Override
    public Answer trigger(RoutingKey key, Notice.Trigger trigger) throws IOException {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("summary", trigger.summary());
        payload.put("source", trigger.source());
        payload.put("severity", trigger.severity());
        putUnlessEmpty(payload, "component", trigger.component());
        putUnlessEmpty(payload, "group", trigger.group());
        putUnlessEmpty(payload, "class", trigger.kind());
        if (!trigger.details().isEmpty()) {
            payload.put("custom_details", trigger.details());
        }
        Map<String, Object> event = event(key, "trigger", trigger.dedupKey());
        event.put("client", NAME);
        event.put("payload", payload);
        putLinks(event, trigger.links());
        return send(events, event);
    }

    @Override
    public Answer resolve(RoutingKey key, Notice.Resolve resolve) throws IOException {
        return send(events, event(key, "resolve", resolve.dedupKey()));
    }

    @Override
    public Answer change(RoutingKey key, Notice.ChangeNote change) throws IOException {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("summary", change.summary());
        payload.put("source", change.source());
        payload.put("timestamp", change.at().toString());
        payload.put("custom_details", change.details());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("routing_key", key.value());
        event.put("payload", payload);
        putLinks(event, change.links());
        return send(changes, event);
    }

    private static Map<String, Object> event(RoutingKey key, String action, String dedupKey) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("routing_key", key.value());
        event.put("event_action", action);
        event.put("dedup_key", dedupKey);
        return event;
    }

    private static void putUnlessEmpty(Map<String, Object> fields, String name, String text) {
        if (!text.isEmpty()) {
            fields.put(name, text);
        }
    }

    private static void putLinks(Map<String, Object> event, List<Link> links) {
        if (!links.isEmpty()) {
            event.put(
                    "links",
                    links.stream()
                            .map(link -> Map.of("href", link.href(), "text", link.text()))
                            .toList());
        }
    }

    private Answer send(URI to, Map<String, Object> event) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(answer)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(event)))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().firstValue("Retry-After"), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
