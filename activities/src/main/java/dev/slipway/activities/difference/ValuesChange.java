package dev.slipway.activities.difference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two documents of values, value by value: {@code image.tag: "6.9.1" -> "6.9.2"}. */
final class ValuesChange {
    private static final String ABSENT = "(absent)";
    private static final String PLAIN = "[A-Za-z0-9_-]+";

    private ValuesChange() {}

    /** One line for each value that is not the same, by its path; of what is masked already. */
    static List<String> lines(JsonNode before, JsonNode after) {
        Map<String, String> was = new TreeMap<>();
        Map<String, String> is = new TreeMap<>();
        flatten("", before, was);
        flatten("", after, is);
        TreeSet<String> paths = new TreeSet<>(was.keySet());
        paths.addAll(is.keySet());
        List<String> lines = new ArrayList<>();
        for (String path : paths) {
            String from = was.getOrDefault(path, ABSENT);
            String to = is.getOrDefault(path, ABSENT);
            if (!from.equals(to)) {
                lines.add(path + ": " + from + " -> " + to);
            }
        }
        return lines;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(field -> flatten(under(path, field.getKey()), field.getValue(), into));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i), into);
            }
        } else if (!path.isEmpty()) {
            into.put(path, words(node));
        }
    }

    private static String under(String path, String key) {
        if (!key.matches(PLAIN)) {
            return path + "[\"" + key + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Helm writes numbers as it likes: 2 and 2.0 are one. */
    private static String words(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue().stripTrailingZeros().toPlainString();
        }
        return Masking.isMask(node) ? node.asText() : node.toString();
    }
}
