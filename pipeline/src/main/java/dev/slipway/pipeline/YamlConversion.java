package dev.slipway.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** YAML nodes to JSON nodes, remembering places. Duplicate keys and tags of one's own are problems. */
final class YamlConversion {
    private static final int MOST_NODES = 10_000;
    private static final int DEEPEST = 30;
    private static final int LONGEST_INTEGER = 18;
    private static final Set<Tag> KNOWN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Problems problems;
    private final Map<String, Position> values = new HashMap<>();
    private final Map<String, Position> keys = new HashMap<>();
    private int nodes;

    YamlConversion(Problems problems) {
        this.problems = problems;
    }

    /** Nothing when aliases blow the document up; other problems leave a tree that can be looked at further. */
    Optional<YamlTree> convert(Node root) {
        JsonNode json = convert(root, "", 0);
        if (nodes > MOST_NODES) {
            problems.add(Position.START, "the aliases of the file expand to more than " + MOST_NODES + " values");
            return Optional.empty();
        }
        return Optional.of(new YamlTree(json, values, keys));
    }

    private JsonNode convert(Node node, String pointer, int depth) {
        nodes++;
        if (nodes > MOST_NODES || depth > DEEPEST) {
            nodes = MOST_NODES + 1;
            return JSON.nullNode();
        }
        values.put(pointer, YamlParser.place(node.getStartMark()));
        if (!KNOWN.contains(node.getTag())) {
            problems.add(
                    YamlParser.place(node.getStartMark()),
                    "the YAML tag " + Wording.quote(node.getTag().getValue()) + " is not allowed",
                    "write the plain value");
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, depth);
        }
        return node instanceof SequenceNode sequence ? array(sequence, pointer, depth) : scalar((ScalarNode) node);
    }

    private JsonNode object(MappingNode mapping, String pointer, int depth) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            Position at = YamlParser.place(entry.getKeyNode().getStartMark());
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.add(at, "a key must be text, not a list or a mapping");
                continue;
            }
            String name = key.getValue();
            String child = YamlTree.child(pointer, name);
            if (object.has(name)) {
                int first = keys.getOrDefault(child, at).line();
                problems.add(at, "duplicate key " + Wording.quote(name) + ", first on line " + first);
                continue;
            }
            keys.put(child, at);
            object.set(name, convert(entry.getValueNode(), child, depth + 1));
        }
        return object;
    }

    private JsonNode array(SequenceNode sequence, String pointer, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (Node item : sequence.getValue()) {
            array.add(convert(item, pointer + "/" + array.size(), depth + 1));
        }
        return array;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (Tag.NULL.equals(tag)) {
            return JSON.nullNode();
        }
        if (Tag.BOOL.equals(tag)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        return Tag.INT.equals(tag) || Tag.FLOAT.equals(tag) ? number(text) : JSON.stringNode(text);
    }

    private static JsonNode number(String text) {
        try {
            if (text.length() <= LONGEST_INTEGER && text.matches("[-+]?[0-9]+")) {
                return JSON.numberNode(Long.parseLong(text));
            }
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? JSON.numberNode(value) : JSON.stringNode(text);
        } catch (NumberFormatException e) {
            return JSON.stringNode(text);
        }
    }
}
