package dev.slipway.pipeline;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A YAML document as JSON, with the place of each key and value; places go by JSON pointer.
 *
 * @param values where each value begins
 * @param keys where the key of each property begins
 */
record YamlTree(JsonNode root, Map<String, Position> values, Map<String, Position> keys) {

    Position valueAt(String pointer) {
        return values.getOrDefault(pointer, Position.START);
    }

    /** Where the key is, or the value when it has none (an entry of a list, the document itself). */
    Position keyAt(String pointer) {
        Position key = keys.get(pointer);
        return key != null ? key : valueAt(pointer);
    }

    Part part() {
        return new Part(this, "", root);
    }

    /** {@code 'within'}, or {@code entry 2 of 'values'}, for messages. */
    String label(String pointer) {
        if (pointer.isEmpty()) {
            return "the file";
        }
        int slash = pointer.lastIndexOf('/');
        String last = pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~");
        if (keys.containsKey(pointer)) {
            return Wording.quote(last);
        }
        return "entry " + (Integer.parseInt(last) + 1) + " of " + label(pointer.substring(0, slash));
    }

    static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
