package dev.slipway.activities.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.activities.kubernetes.Redaction;
import java.util.Optional;

/** A changed field for people: what it was, when the manifest tells, and what it is; nothing that may be a secret. */
final class Shown {
    private static final int LONGEST = 120;
    private static final String MASKED = "***";

    private final JsonNode applied;
    private final JsonNode live;

    Shown(JsonNode applied, JsonNode live) {
        this.applied = applied;
        this.live = live;
    }

    /** Whether the field is not what Helm applied; somebody may have written the same again. */
    boolean differs(FieldPath path) {
        Optional<JsonNode> was = path.in(applied);
        return was.isEmpty() || !was.equals(path.in(live));
    }

    /** {@code spec.template.spec.containers[podinfo].image podinfo:1 -> podinfo:2}. */
    String change(FieldPath path) {
        if (isHidden(path)) {
            return path + " " + MASKED;
        }
        String now = path.in(live).map(Shown::words).orElse("absent");
        return path + " " + path.in(applied).map(was -> words(was) + " -> ").orElse("= ") + now;
    }

    private boolean isHidden(FieldPath path) {
        return live.path("kind").asText().equals("Secret") || path.passes("env") || path.passes("binaryData");
    }

    private static String words(JsonNode value) {
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.isEmpty() ? "\"\"" : Redaction.head(text.replaceAll("\\s+", " "), LONGEST);
    }
}
