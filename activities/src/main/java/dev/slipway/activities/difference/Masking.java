package dev.slipway.activities.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Objects and values without secrets, side by side: a masked one that changes says that it does, and nothing else of it. Of a
 * Secret only its name, labels, type and keys are left.
 */
final class Masking {
    private static final String MASK = "(masked";
    static final String MASKED = MASK + ")";
    private static final String CHANGED = MASK + ", changed)";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> SHOWN_OF_SECRET = Set.of("apiVersion", "kind", "type", "immutable", "metadata");
    /** kubectl writes the whole object there. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Leaf leaf;

    /** What becomes of one scalar. */
    private interface Leaf {
        /**
         * @param key the last name above it
         * @param other the same one on the other side, missing when there is none
         */
        JsonNode of(JsonNode scalar, String key, boolean secret, JsonNode other);
    }

    /** Whether this stands for a secret. */
    static boolean isMask(JsonNode scalar) {
        return scalar.isTextual() && scalar.asText().startsWith(MASK);
    }

    private Masking(Leaf leaf) {
        this.leaf = leaf;
    }

    /** Masks what is secret by its name, and those that are known wherever they stand. */
    static Masking of(KnownSecrets known) {
        return new Masking((scalar, key, secret, other) -> masked(known, scalar, secret, other));
    }

    /** Shows each scalar that is a secret to somebody, and changes nothing. */
    static Masking showing(SecretsOf.Finder finder) {
        return new Masking((scalar, key, secret, other) -> {
            if (secret && !scalar.asText().isEmpty()) {
                finder.found(key, scalar.asText());
            }
            return scalar;
        });
    }

    private static JsonNode masked(KnownSecrets known, JsonNode scalar, boolean secret, JsonNode other) {
        boolean changed = other.isValueNode() && !other.equals(scalar);
        if (secret
                && (scalar.isNumber() || scalar.isBinary() || !scalar.asText().isEmpty() && scalar.isTextual())) {
            return JSON.textNode(changed ? CHANGED : MASKED);
        }
        if (!scalar.isTextual()) {
            return scalar;
        }
        String clean = known.takenOutOf(scalar.asText());
        boolean hidden = changed && clean.equals(known.takenOutOf(other.asText()));
        return JSON.textNode(hidden ? clean + " (changed)" : clean);
    }

    /** An object of the first side, or one that the other side does not have. */
    JsonNode object(JsonNode object) {
        return object(object, MissingNode.getInstance());
    }

    /**
     * An object of the second side.
     *
     * @param before the same one on the first side
     */
    JsonNode object(JsonNode object, JsonNode before) {
        if (!object.path("kind").asText().equals("Secret")) {
            return values(object, before);
        }
        ObjectNode shown = JSON.objectNode();
        object.properties()
                .forEach(field -> shown.set(
                        field.getKey(),
                        SHOWN_OF_SECRET.contains(field.getKey())
                                ? values(field.getValue(), before.path(field.getKey()))
                                : whole(field.getValue(), field.getKey(), before.path(field.getKey()))));
        return shown;
    }

    JsonNode values(JsonNode values) {
        return values(values, MissingNode.getInstance());
    }

    JsonNode values(JsonNode values, JsonNode before) {
        return walk(values, "", false, before);
    }

    /** Every scalar of it is secret. */
    private JsonNode whole(JsonNode node, String key, JsonNode other) {
        if (node.isObject()) {
            ObjectNode out = JSON.objectNode();
            node.properties()
                    .forEach(field -> out.set(
                            field.getKey(), whole(field.getValue(), field.getKey(), other.path(field.getKey()))));
            return out;
        }
        if (node.isArray()) {
            ArrayNode out = JSON.arrayNode();
            for (int i = 0; i < node.size(); i++) {
                out.add(whole(node.get(i), key, other.path(i)));
            }
            return out;
        }
        return leaf.of(node, key, true, other);
    }

    private JsonNode walk(JsonNode node, String key, boolean inherited, JsonNode other) {
        boolean secret = SecretName.is(key) || key.equals(LAST_APPLIED) || inherited && !SecretName.isAbout(key);
        if (node.isObject()) {
            ObjectNode out = JSON.objectNode();
            boolean named = SecretName.is(node.path("name").asText(""));
            node.properties()
                    .forEach(field -> out.set(
                            field.getKey(),
                            walk(
                                    field.getValue(),
                                    field.getKey(),
                                    secret || named && field.getKey().equals("value"),
                                    other.path(field.getKey()))));
            return out;
        }
        return node.isArray() ? items(node, secret, other) : leaf.of(node, key, secret, other);
    }

    private JsonNode items(JsonNode list, boolean secret, JsonNode other) {
        ArrayNode out = JSON.arrayNode();
        String before = "";
        for (int i = 0; i < list.size(); i++) {
            // --password hunter2, as two arguments
            boolean argument = before.startsWith("-") && !before.contains("=") && SecretName.is(before);
            out.add(walk(list.get(i), "", secret || argument, counterpart(list.get(i), i, other)));
            before = list.get(i).asText("");
        }
        return out;
    }

    /** The item of the same name, as containers and variables have them, or else the one at the same place. */
    private static JsonNode counterpart(JsonNode item, int place, JsonNode other) {
        String name = item.path("name").asText("");
        if (name.isEmpty()) {
            return other.path(place);
        }
        List<JsonNode> named = new ArrayList<>();
        other.forEach(one -> {
            if (name.equals(one.path("name").asText())) {
                named.add(one);
            }
        });
        return named.isEmpty() ? MissingNode.getInstance() : named.get(0);
    }
}
