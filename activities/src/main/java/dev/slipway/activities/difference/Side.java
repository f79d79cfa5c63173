package dev.slipway.activities.difference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the two that are compared, as it was rendered: secrets and all.
 *
 * @param title for a person, such as {@code podinfo@6.9.1 (revision 4, chart podinfo-6.9.1)}
 * @param namespace that its objects are in when they do not say
 * @param values what the chart was given
 */
public record Side(String title, String namespace, JsonNode values, List<JsonNode> objects) {
    public Side {
        objects = List.copyOf(objects);
    }

    /** Each object by what it is called: {@code Deployment/podinfo}, with its namespace when that is another one. */
    Map<String, JsonNode> byName() {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        objects.forEach(object -> named.merge(name(object), object, (first, again) -> again));
        return named;
    }

    private String name(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String other = metadata.path("namespace").asText(namespace);
        return object.path("kind").asText("?") + "/" + metadata.path("name").asText("?")
                + (other.equals(namespace) ? "" : " in " + other);
    }
}
