package dev.slipway.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One value of the file and its place. Reading what is absent or of another type gives nothing: the schema says so. */
record Part(YamlTree tree, String pointer, JsonNode node) {

    Part get(String key) {
        return new Part(tree, YamlTree.child(pointer, key), node.path(key));
    }

    boolean present() {
        return !node.isMissingNode();
    }

    boolean has(String key) {
        return node.has(key);
    }

    /** Where the value begins. */
    Position at() {
        return tree.valueAt(pointer);
    }

    /** Where its key begins. */
    Position keyAt() {
        return tree.keyAt(pointer);
    }

    /** {@code 'within'}, or {@code entry 2 of 'values'}, for messages. */
    String label() {
        return tree.label(pointer);
    }

    Optional<String> text() {
        return node.isString() ? Optional.of(node.asString()) : Optional.empty();
    }

    Optional<String> text(String key) {
        return get(key).text();
    }

    /** False when it is absent. */
    boolean flag(String key) {
        return node.path(key).asBoolean(false);
    }

    long number(String key, long otherwise) {
        JsonNode value = node.path(key);
        return value.isIntegralNumber() ? value.asLong() : otherwise;
    }

    double decimal(String key, double otherwise) {
        JsonNode value = node.path(key);
        return value.isNumber() ? value.asDouble() : otherwise;
    }

    List<Part> items() {
        List<Part> items = new ArrayList<>();
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            items.add(new Part(tree, pointer + "/" + i, node.get(i)));
        }
        return items;
    }

    List<Part> items(String key) {
        return get(key).items();
    }

    List<String> keys() {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}
