package dev.slipway.activities.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What Helm applied and is not there any more. {@code managedFields} do not tell who removed something. Looked at is what no
 * API server drops by itself: containers, their environment, volumes, and keys of data.
 */
final class Removed {
    private final List<String> found = new ArrayList<>();

    private Removed() {}

    static List<String> from(JsonNode applied, JsonNode live) {
        Removed removed = new Removed();
        JsonNode was = applied.path("spec").path("template").path("spec");
        JsonNode now = live.path("spec").path("template").path("spec");
        for (String list : List.of("containers", "initContainers", "volumes")) {
            removed.items(list, was.path(list), now.path(list));
        }
        removed.keys("data", applied.path("data"), live.path("data"));
        return removed.found;
    }

    private void items(String list, JsonNode was, JsonNode now) {
        for (JsonNode item : was) {
            String name = item.path("name").asText();
            JsonNode same = named(name, now);
            if (same.isMissingNode()) {
                found.add(list + "[" + name + "]");
            } else {
                items(list + "[" + name + "].env", item.path("env"), same.path("env"));
            }
        }
    }

    private static JsonNode named(String name, JsonNode list) {
        for (JsonNode item : list) {
            if (item.path("name").asText().equals(name)) {
                return item;
            }
        }
        return list.path("absent");
    }

    private void keys(String field, JsonNode was, JsonNode now) {
        for (Iterator<String> names = was.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!now.has(name)) {
                found.add(field + "." + name);
            }
        }
    }
}
