package dev.slipway.workflows.testing.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The modals that people have open: each by a click of theirs that is at most 3 s old, and one for a click. */
final class Modals {
    private static final Duration WINDOW = Duration.ofSeconds(3);

    private final Map<String, Click> clicks = new HashMap<>();
    private final Map<String, ObjectNode> open = new HashMap<>();
    private int number;

    /** Somebody has clicked; it opens one modal. */
    private record Click(String user, Instant at) {}

    /** A trigger for a click of now. */
    synchronized String trigger(String user) {
        number++;
        String trigger = number + ".1." + Integer.toHexString(user.hashCode());
        clicks.put(trigger, new Click(user, Instant.now()));
        return trigger;
    }

    /** Slack's word for what is wrong; empty when it is open now. Triggers that are not ours belong to nobody. */
    synchronized Optional<String> open(String trigger, JsonNode view) {
        if (trigger.isEmpty()) {
            return Optional.of("invalid_trigger_id");
        }
        if (!BlockLimits.ofModal(view).isEmpty()) {
            return Optional.of("invalid_arguments");
        }
        Click click = clicks.remove(trigger);
        if (click == null) {
            return trigger.matches("\\d+\\.1\\..*") ? Optional.of("exchanged_trigger_id") : Optional.empty();
        }
        if (click.at().plus(WINDOW).isBefore(Instant.now())) {
            return Optional.of("expired_trigger_id");
        }
        ObjectNode opened = view.deepCopy();
        open.put(click.user(), opened.put("id", "V" + trigger.replace('.', 'X')).put("trigger_id", trigger));
        return Optional.empty();
    }

    /** The one that this user sees. */
    synchronized Optional<ObjectNode> of(String user) {
        return Optional.ofNullable(open.get(user)).map(ObjectNode::deepCopy);
    }

    /** The app's answer to one that was handed in closes it, or does not. */
    synchronized void close(String user) {
        open.remove(user);
    }
}
