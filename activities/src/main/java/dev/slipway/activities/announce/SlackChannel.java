package dev.slipway.activities.announce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel: what of ours stands in it, and what is put there. */
final class SlackChannel {
    private static final Logger LOG = LoggerFactory.getLogger(SlackChannel.class);
    /** Of 200 messages each. */
    private static final int PAGES = 5;

    private final SlackApi api;
    private final String id;
    private final String note;

    SlackChannel(SlackApi api, String id) {
        this(api, id, "");
    }

    /**
     * @param note stands below everything that is put there; escaped
     */
    SlackChannel(SlackApi api, String id, String note) {
        this.api = api;
        this.id = id;
        this.note = note;
    }

    /** The same under the id that Slack has for it. */
    SlackChannel called(String other) {
        return new SlackChannel(api, other, note);
    }

    String id() {
        return id;
    }

    /** Posts it with its mark; the answer names the message. */
    Posted post(Message message, Mark mark, String thread, boolean broadcast) throws SlackRefusal {
        ObjectNode arguments = arguments(message).put("unfurl_links", false).put("unfurl_media", false);
        arguments.set("metadata", mark.json());
        if (!thread.isEmpty()) {
            arguments.put("thread_ts", thread).put("reply_broadcast", broadcast);
        }
        JsonNode answer = api.write("chat.postMessage", arguments);
        return new Posted(answer.path("channel").asText(id), answer.path("ts").asText(), mark);
    }

    /** Puts it in the place of what the message says now. */
    void update(String ts, Message message, Mark mark) throws SlackRefusal {
        ObjectNode arguments = arguments(message).put("ts", ts);
        arguments.set("metadata", mark.json());
        api.write("chat.update", arguments);
    }

    /** Those of our messages in the thread that are still there. */
    List<Posted> thread(String ts) {
        return ours("conversations.replies", Map.of("ts", ts));
    }

    /** Those of our messages that began a thread since then. */
    List<Posted> since(Instant oldest) {
        return ours("conversations.history", Map.of("oldest", Long.toString(oldest.getEpochSecond())));
    }

    /** A channel that we may write to and not read is one in which something may stand twice; that is all. */
    private List<Posted> ours(String method, Map<String, String> where) {
        Map<String, String> arguments = new HashMap<>(where);
        arguments.putAll(Map.of("channel", id, "limit", "200", "include_all_metadata", "true"));
        List<Posted> ours = new ArrayList<>();
        try {
            String cursor = "";
            for (int page = 0; page < PAGES && (page == 0 || !cursor.isEmpty()); page++) {
                arguments.put("cursor", cursor);
                JsonNode answer = api.read(method, arguments);
                answer.path("messages")
                        .forEach(message -> Mark.of(message.path("metadata"))
                                .ifPresent(mark -> ours.add(
                                        new Posted(id, message.path("ts").asText(), mark))));
                cursor = answer.path("response_metadata").path("next_cursor").asText("");
            }
        } catch (SlackRefusal refusal) {
            LOG.warn(
                    "Slack does not say what stands in channel {} ({}): something may be told twice",
                    id,
                    refusal.getMessage());
        }
        return ours;
    }

    private ObjectNode arguments(Message message) {
        ObjectNode arguments =
                JsonNodeFactory.instance.objectNode().put("channel", id).put("text", message.text());
        arguments.set("blocks", note.isEmpty() ? message.blocks() : noted(message.blocks()));
        return arguments;
    }

    private ArrayNode noted(ArrayNode blocks) {
        return blocks.deepCopy().addAll(new Blocks().context(note).json());
    }
}
