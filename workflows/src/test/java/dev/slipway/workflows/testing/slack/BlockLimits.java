package dev.slipway.workflows.testing.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What Slack refuses in messages and modals, as its documentation and its error answers say. */
public final class BlockLimits {
    private static final int TOTAL = 13_000;
    private static final Pattern SHOUT = Pattern.compile("<!(here|channel|everyone)");

    private final List<String> wrong = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private BlockLimits() {}

    /** What is wrong with a message; empty when Slack takes it. */
    public static List<String> ofMessage(JsonNode message) {
        BlockLimits limits = new BlockLimits();
        limits.most("text", message.path("text").asText().length(), 4000);
        limits.require(!message.path("text").asText().isBlank(), "text is empty");
        limits.blocks(message.path("blocks"), 50);
        limits.require(!SHOUT.matcher(message.toString()).find(), "it shouts at everybody");
        return limits.wrong;
    }

    /** What is wrong with a modal; empty when Slack takes it. */
    public static List<String> ofModal(JsonNode view) {
        BlockLimits limits = new BlockLimits();
        limits.require(view.path("type").asText().equals("modal"), "it is no modal");
        for (String name : List.of("title", "submit", "close")) {
            limits.most(name, view.path(name).path("text").asText().length(), 24);
        }
        limits.require(!view.path("title").path("text").asText().isEmpty(), "it has no title");
        limits.most("callback_id", view.path("callback_id").asText().length(), 255);
        limits.require(!SHOUT.matcher(view.toString()).find(), "it shouts at everybody");
        limits.most("private_metadata", view.path("private_metadata").asText().length(), 3000);
        limits.blocks(view.path("blocks"), 100);
        return limits.wrong;
    }

    private void blocks(JsonNode blocks, int most) {
        most("blocks", blocks.size(), most);
        require(blocks.toString().length() <= TOTAL * 2, "msg_blocks_too_long");
        int total = 0;
        for (JsonNode block : blocks) {
            block(block);
            for (JsonNode text : block.findValues("text")) {
                total += text.isTextual() ? text.asText().length() : 0;
            }
        }
        most("all texts", total, TOTAL);
    }

    private void block(JsonNode block) {
        String type = block.path("type").asText();
        String id = block.path("block_id").asText();
        most("block_id", id.length(), 255);
        require(id.isEmpty() || ids.add(id), "block_id " + id + " is there twice");
        switch (type) {
            case "header" -> text(block.path("text"), 150);
            case "section" -> {
                text(block.path("text"), 3000);
                most("fields", block.path("fields").size(), 10);
                block.path("fields").forEach(field -> text(field, 2000));
            }
            case "context" -> {
                most("context elements", block.path("elements").size(), 10);
                block.path("elements").forEach(element -> text(element, 3000));
            }
            case "actions" -> {
                most("actions", block.path("elements").size(), 25);
                block.path("elements").forEach(this::button);
            }
            case "input" -> input(block);
            default -> wrong.add("unknown block " + type);
        }
    }

    private void input(JsonNode block) {
        text(block.path("label"), 2000);
        require(block.path("label").path("type").asText().equals("plain_text"), "a label is plain text");
        JsonNode element = block.path("element");
        require(element.path("type").asText().equals("plain_text_input"), "unknown input " + element);
        most("action_id", element.path("action_id").asText().length(), 255);
        most("max_length", element.path("max_length").asInt(), 3000);
        most("placeholder", element.path("placeholder").path("text").asText().length(), 150);
        most("initial_value", element.path("initial_value").asText().length(), 3000);
    }

    private void button(JsonNode button) {
        require(button.path("type").asText().equals("button"), "unknown element " + button);
        require(button.path("text").path("type").asText().equals("plain_text"), "a button's text is plain");
        require(button.path("style").asText("primary").matches("primary|danger"), "no style of a button's");
        most("url", button.path("url").asText().length(), 3000);
        text(button.path("text"), 75);
        most("value", button.path("value").asText().length(), 2000);
        most("action_id", button.path("action_id").asText().length(), 255);
    }

    private void text(JsonNode text, int most) {
        require(text.path("type").asText().matches("mrkdwn|plain_text"), "no text object: " + text);
        require(!text.path("text").asText().isEmpty(), "an empty text");
        most("text", text.path("text").asText().length(), most);
    }

    private void most(String what, int is, int most) {
        require(is <= most, what + " is " + is + ", at most " + most);
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            wrong.add(otherwise);
        }
    }
}
