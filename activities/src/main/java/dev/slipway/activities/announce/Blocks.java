package dev.slipway.activities.announce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.slack.Mrkdwn;

/** The few kinds of Slack's blocks that we use, each within Slack's limits whatever it is given. */
final class Blocks {
    /** Slack's own limit for the text of a section is 3000. */
    static final int SECTION = 2900;

    private static final int HEADER = 150;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ArrayNode blocks = JSON.arrayNode();

    Blocks header(String text) {
        ObjectNode block = block("header");
        block.set("text", text("plain_text", text.length() > HEADER ? text.substring(0, HEADER - 1) + "…" : text));
        return this;
    }

    /**
     * @param mrkdwn escaped where it has to be
     */
    Blocks section(String mrkdwn) {
        block("section").set("text", text("mrkdwn", Mrkdwn.cut(mrkdwn, SECTION)));
        return this;
    }

    /**
     * @param mrkdwn escaped where it has to be
     */
    Blocks context(String mrkdwn) {
        block("context").putArray("elements").add(text("mrkdwn", Mrkdwn.cut(mrkdwn, SECTION)));
        return this;
    }

    /** Two buttons that carry the same value back. */
    Blocks decision(String blockId, String value) {
        ObjectNode block = block("actions");
        block.put("block_id", blockId);
        block.putArray("elements")
                .add(button("Approve…", "primary", "release.approve", value))
                .add(button("Reject…", "danger", "release.reject", value));
        return this;
    }

    ArrayNode json() {
        return blocks;
    }

    private ObjectNode block(String type) {
        return blocks.addObject().put("type", type);
    }

    private static ObjectNode button(String words, String style, String action, String value) {
        ObjectNode button = JSON.objectNode();
        button.put("type", "button");
        button.set("text", text("plain_text", words));
        button.put("style", style);
        button.put("action_id", action);
        button.put("value", value);
        return button;
    }

    private static ObjectNode text(String type, String words) {
        return JSON.objectNode().put("type", type).put("text", words);
    }
}
