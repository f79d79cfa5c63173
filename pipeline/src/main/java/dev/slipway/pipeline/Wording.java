package dev.slipway.pipeline;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** How values of a file are shown in messages: on one line, short, without anything that a terminal would obey. */
final class Wording {
    private static final int LONGEST = 60;

    private Wording() {}

    static String show(JsonNode value) {
        if (value.isObject()) {
            List<String> keys = value.properties().stream().map(e -> e.getKey()).toList();
            return keys.isEmpty() ? "{}" : oneLine("{ " + String.join(", ", keys) + " }");
        }
        if (value.isArray()) {
            return value.isEmpty() ? "an empty list" : "a list";
        }
        if (value.isNull()) {
            return "empty";
        }
        return value.isString() ? quote(value.asString()) : value.asString();
    }

    static String quote(String text) {
        return "'" + oneLine(text) + "'";
    }

    static String oneLine(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "..." : clean;
    }

    /** {@code a}, {@code a or b}, {@code a, b or c}. */
    static String or(List<String> words) {
        int last = words.size() - 1;
        return last < 1 ? String.join("", words) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }
}
