package dev.slipway.workflows.testing.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** How Slack is asked, and how it answers. */
final class Wire {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> STRUCTURED = Set.of("blocks", "metadata", "view");

    private Wire() {}

    /** Slack takes JSON and forms; a form's values are texts, of which some are JSON. */
    static JsonNode arguments(HttpExchange exchange) throws IOException {
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

    static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static ObjectNode ok() {
        return JsonNodeFactory.instance.objectNode().put("ok", true);
    }

    static ObjectNode no(String error) {
        return JsonNodeFactory.instance.objectNode().put("ok", false).put("error", error);
    }
}
