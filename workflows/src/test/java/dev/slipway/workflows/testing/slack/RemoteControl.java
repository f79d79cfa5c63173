package dev.slipway.workflows.testing.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/**
 * What another process may do with a fake workspace, below {@code /lab/}: {@code GET messages?CHANNEL}, {@code GET calls?METHOD}
 * and {@code GET modal?USER} look; {@code POST click}, {@code submit}, {@code resend}, {@code forge} and {@code trouble} act, with
 * JSON.
 */
final class RemoteControl {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeSlack slack;
    private final Users users;

    RemoteControl(FakeSlack slack, Users users) {
        this.slack = slack;
        this.users = users;
    }

    void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String what = exchange.getRequestURI().getPath().substring("/lab/".length());
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            JsonNode asked = exchange.getRequestMethod().equals("GET")
                    ? JSON.createObjectNode()
                    : JSON.readTree(exchange.getRequestBody());
            try {
                Wire.answer(exchange, 200, done(what, query, asked));
            } catch (RuntimeException wrong) {
                Wire.answer(exchange, 400, JSON.createObjectNode().put("error", String.valueOf(wrong)));
            }
        }
    }

    private JsonNode done(String what, String query, JsonNode asked) {
        String user = asked.path("user").asText();
        return switch (what) {
            case "messages" -> JSON.valueToTree(slack.messages(query));
            case "calls" ->
                JSON.valueToTree(
                        slack.calls(query).stream().map(Call::arguments).toList());
            case "modal" -> slack.modals().of(query).map(JsonNode.class::cast).orElseGet(JSON::createObjectNode);
            case "click" ->
                answered(users.click(
                        user,
                        asked.path("channel").asText(),
                        asked.path("ts").asText(),
                        asked.path("action").asText(),
                        asked.path("value").asText()));
            case "submit" ->
                answered(users.submit(
                        user, asked.path("view"), asked.path("reason").asText()));
            case "resend" -> answered(users.resend(asked.path("request").asInt()));
            case "forge" -> answered(users.forge(asked.path("request").asInt()));
            case "trouble" -> trouble(asked);
            default -> throw new IllegalArgumentException("unknown: " + what);
        };
    }

    private JsonNode trouble(JsonNode asked) {
        int number = asked.path("number").asInt();
        Trouble trouble = switch (asked.path("kind").asText()) {
            case "too-many" -> new Trouble.TooMany(number);
            case "no" -> new Trouble.No(asked.path("error").asText());
            case "status" -> new Trouble.Status(number);
            case "closed" -> new Trouble.Closed();
            case "answer-lost" -> new Trouble.AnswerLost();
            case "slow" -> new Trouble.Slow(number);
            default -> throw new IllegalArgumentException("no trouble: " + asked);
        };
        slack.next(asked.path("method").asText(), trouble);
        return JSON.createObjectNode();
    }

    private static ObjectNode answered(Users.Answer answer) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("request", answer.request())
                .put("status", answer.status())
                .put("at", answer.at())
                .put("millis", answer.millis())
                .put("body", answer.body());
    }
}
