package dev.slipway.activities.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way to one field of an object, as {@code managedFields} writes it: names, and list items by their keys. */
record FieldPath(List<Step> steps) {
    private static final ObjectMapper JSON = new ObjectMapper();

    FieldPath {
        steps = List.copyOf(steps);
    }

    /** One step: into the field with this name, or to the item of a list that has these keys. */
    record Step(String name, Map<String, JsonNode> keys) {
        Optional<JsonNode> from(JsonNode node) {
            if (keys.isEmpty()) {
                return Optional.ofNullable(node.get(name));
            }
            for (JsonNode item : node) {
                if (keys.entrySet().stream().allMatch(k -> k.getValue().equals(item.get(k.getKey())))) {
                    return Optional.of(item);
                }
            }
            return Optional.empty();
        }
    }

    /** The fields that an entry of {@code managedFields} owns; a list that is set as a whole is one field. */
    static List<FieldPath> ownedBy(JsonNode entry) {
        List<FieldPath> found = new ArrayList<>();
        collect(entry.path("fieldsV1"), List.of(), found);
        return found;
    }

    private static void collect(JsonNode fields, List<Step> way, List<FieldPath> found) {
        boolean leaf = true;
        for (Iterator<Map.Entry<String, JsonNode>> i = fields.fields(); i.hasNext(); ) {
            Map.Entry<String, JsonNode> field = i.next();
            Optional<Step> step = step(field.getKey());
            if (step.isPresent()) {
                leaf = false;
                if (!isKeyOf(way, step.get())) {
                    List<Step> further = new ArrayList<>(way);
                    further.add(step.get());
                    collect(field.getValue(), further, found);
                }
            }
        }
        if (leaf && !way.isEmpty()) {
            found.add(new FieldPath(way));
        }
    }

    /** The name of an item is said by the step to it already. */
    private static boolean isKeyOf(List<Step> way, Step step) {
        return !way.isEmpty() && way.get(way.size() - 1).keys().containsKey(step.name());
    }

    private static Optional<Step> step(String text) {
        if (text.startsWith("f:")) {
            return Optional.of(new Step(text.substring(2), Map.of()));
        }
        if (!text.startsWith("k:")) {
            return Optional.empty();
        }
        try {
            JsonNode keys = JSON.readTree(text.substring(2));
            return Optional.of(new Step(
                    String.join(",", JSON.convertValue(keys, new StringMap()).values()),
                    JSON.convertValue(keys, new NodeMap())));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static final class StringMap
            extends com.fasterxml.jackson.core.type.TypeReference<java.util.LinkedHashMap<String, String>> {}

    private static final class NodeMap
            extends com.fasterxml.jackson.core.type.TypeReference<java.util.LinkedHashMap<String, JsonNode>> {}

    /** The field's value in an object. */
    Optional<JsonNode> in(JsonNode object) {
        Optional<JsonNode> at = Optional.of(object);
        for (Step step : steps) {
            at = at.flatMap(step::from);
        }
        return at;
    }

    /** Whether pods run otherwise when it changes. */
    boolean makesPods() {
        return startsWith("spec", "template", "spec")
                || startsWith("data")
                || startsWith("binaryData")
                || startsWith("stringData");
    }

    boolean startsWith(String... names) {
        if (steps.size() < names.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!steps.get(i).keys().isEmpty() || !steps.get(i).name().equals(names[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is, or lies in, the field with this name. */
    boolean passes(String name) {
        return steps.stream().anyMatch(s -> s.keys().isEmpty() && s.name().equals(name));
    }

    /** {@code spec.template.spec.containers[podinfo].image}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (!step.keys().isEmpty()) {
                text.append('[').append(step.name()).append(']');
            } else {
                text.append(text.length() == 0 ? "" : ".").append(step.name());
            }
        }
        return text.toString();
    }
}
