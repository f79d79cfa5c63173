package dev.slipway.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A list that the server gives out page by page, read as one document. */
final class Pages {
    /** The most that a server gives at once. */
    static final int LARGEST = 200;

    private static final String CURSOR = "cursor";

    private final String list;
    private final Function<Map<String, String>, JsonNode> page;

    /**
     * @param list the field with what is listed
     * @param page asks for one page, with these parameters
     */
    Pages(String list, Function<Map<String, String>, JsonNode> page) {
        this.list = list;
        this.page = page;
    }

    /** Everything. */
    JsonNode all(Map<String, String> filters) {
        return first(filters, Integer.MAX_VALUE);
    }

    /** The first page, with what follows up to so many; {@code cursor} stays when there is more. */
    JsonNode first(Map<String, String> filters, int most) {
        Map<String, String> asked = new LinkedHashMap<>(filters);
        asked.put("limit", Integer.toString(Math.min(most, LARGEST)));
        JsonNode whole = page.apply(asked);
        while (whole.path(list) instanceof ArrayNode items
                && items.size() < most
                && whole.path(CURSOR).isString()) {
            asked.put(CURSOR, whole.path(CURSOR).asString());
            asked.put("limit", Integer.toString(Math.min(most - items.size(), LARGEST)));
            JsonNode next = page.apply(asked);
            next.path(list).forEach(items::add);
            ((ObjectNode) whole).set(CURSOR, next.path(CURSOR));
            if (next.path(list).isEmpty()) {
                break;
            }
        }
        return whole;
    }
}
