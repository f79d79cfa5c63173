package dev.slipway.pipeline;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One violation of the schema in words, at its place. The schema itself holds the words: x-expects and x-notYet. */
final class SchemaMessage {
    private final Error error;
    private final JsonNode root;
    private final YamlTree tree;
    private final String pointer;
    private final JsonNode rule;

    private SchemaMessage(Error error, JsonNode root, YamlTree tree) {
        this.error = error;
        this.root = root;
        this.tree = tree;
        this.pointer = pointer(error.getInstanceLocation());
        NodePath fragment = error.getSchemaLocation().getFragment();
        this.rule = root.at(ruleOf(fragment, error.getKeyword()));
    }

    static SchemaMessage of(Error error, Schema schema, YamlTree tree) {
        return new SchemaMessage(error, schema.getSchemaNode(), tree);
    }

    static String pointer(NodePath path) {
        String pointer = "";
        for (int i = 0; i < path.getNameCount(); i++) {
            pointer = YamlTree.child(pointer, String.valueOf(path.getElement(i)));
        }
        return pointer;
    }

    /** The schema object that the keyword stands in. */
    private static String ruleOf(NodePath fragment, String keyword) {
        String pointer = pointer(fragment);
        int end = pointer.lastIndexOf("/" + keyword);
        return end < 0 ? pointer : pointer.substring(0, end);
    }

    /** What the problem is about; the first violation of one subject is enough. */
    String subject() {
        return error.getProperty() == null ? pointer : property();
    }

    /** Pointer of the property that is missing or unknown. */
    String property() {
        return error.getProperty() == null ? "" : YamlTree.child(pointer, error.getProperty());
    }

    /** Pointer of the known property that was meant by an unknown one. */
    Optional<String> nearest() {
        return Suggestion.nearest(known(), error.getProperty()).map(name -> YamlTree.child(pointer, name));
    }

    void addTo(Problems problems) {
        switch (error.getKeyword()) {
            case "additionalProperties" -> unknownKey(problems);
            case "required" -> missing(problems);
            case "not" -> notYet(problems);
            case "uniqueItems" -> problems.add(tree.valueAt(pointer), label() + " names the same thing twice");
            default -> problems.add(place(), label() + " must be " + expected() + ", not " + found());
        }
    }

    private void unknownKey(Problems problems) {
        String key = error.getProperty();
        String hint = key.equals("<<") ? "merge keys are not supported" : Suggestion.among(known(), key);
        problems.add(tree.keyAt(property()), "unknown key " + Wording.quote(key) + where(), hint);
    }

    private void missing(Problems problems) {
        JsonNode property = resolve(rule.path("properties").path(error.getProperty()));
        String hint = property.has("x-expects")
                ? "it must be " + property.path("x-expects").asString()
                : property.has("const")
                        ? "write " + error.getProperty() + ": "
                                + property.path("const").asString()
                        : "";
        problems.add(tree.keyAt(pointer), Wording.quote(error.getProperty()) + " is missing" + where(), hint);
    }

    private void notYet(Problems problems) {
        problems.add(
                tree.keyAt(pointer),
                label() + " is not supported yet",
                rule.path("x-notYet").asString(""));
    }

    /** The value, or its key when there is nothing to point at. */
    private Position place() {
        return error.getInstanceNode().isNull() ? tree.keyAt(pointer) : tree.valueAt(pointer);
    }

    private List<String> known() {
        return rule.path("properties").properties().stream()
                .filter(property -> !property.getValue().has("x-notYet"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private String expected() {
        if (rule.has("enum")) {
            return Wording.or(
                    rule.path("enum").valueStream().map(JsonNode::asString).toList());
        }
        if (rule.has("const")) {
            return rule.path("const").asString();
        }
        return rule.path("x-expects").asString("as the schema says (" + error.getMessage() + ")");
    }

    private String found() {
        JsonNode value = error.getInstanceNode();
        return switch (error.getKeyword()) {
            case "maxLength" -> value.asString().length() + " characters";
            case "maxItems" -> value.size() + " entries";
            default -> Wording.show(value);
        };
    }

    private JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith("#") ? root.at(reference.substring(1)) : schema;
    }

    private String where() {
        return pointer.isEmpty() ? "" : " in " + label();
    }

    private String label() {
        return tree.label(pointer);
    }
}
