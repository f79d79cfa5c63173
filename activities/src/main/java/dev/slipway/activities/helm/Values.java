package dev.slipway.activities.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.Image;
import dev.slipway.model.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of one helm call: the files merged in order as {@code helm -f a -f b} does, then what the release decides.
 * Given to helm as one JSON document on standard input, so that no value can become an option or an expression.
 */
final class Values {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern SECRET_KEY =
            Pattern.compile("(?i).*(password|passwd|secret|token|api_?key|credential|private_?key)");
    private static final String REPLICAS = "replicaCount";

    private final Map<String, @Nullable Object> root;

    private Values(Map<String, @Nullable Object> root) {
        this.root = root;
    }

    /** No values. */
    static Values empty() {
        return new Values(new LinkedHashMap<>());
    }

    /**
     * These values with a file's laid over them: mappings are merged, all else is replaced; null stays, because it takes a
     * default of the chart away.
     *
     * @throws IllegalArgumentException when the text is not YAML
     */
    Values over(String yaml) {
        Map<String, @Nullable Object> merged = root;
        for (Map<String, @Nullable Object> document : HelmYaml.documents(yaml)) {
            merged = merge(merged, document);
        }
        return new Values(merged);
    }

    private static Map<String, @Nullable Object> merge(
            Map<String, @Nullable Object> base, Map<String, @Nullable Object> over) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>(base);
        over.forEach((key, value) -> {
            Object old = out.get(key);
            out.put(key, old instanceof Map && value instanceof Map ? merge(mapping(old), mapping(value)) : value);
        });
        return out;
    }

    /** These values with the image of the release. */
    Values withImage(Image image) {
        if (!KEY.matcher(image.valuesKey()).matches()) {
            throw new IllegalArgumentException("'" + image.valuesKey() + "' is not a key of values, such as image");
        }
        Map<String, @Nullable Object> leaf = new LinkedHashMap<>();
        leaf.put("repository", image.repository());
        leaf.put("tag", image.tag());
        leaf.put("digest", image.digest().value());
        return under(List.of(image.valuesKey().split("\\.")), leaf);
    }

    /**
     * These values for a canary that takes at most {@code highest} of the traffic: its share of stable's replicas, rounded
     * up, at least one. Without a replicaCount the chart decides.
     *
     * @param chart the chart's own values, for what the files do not say
     */
    Values forCanary(Weight highest, Values chart) {
        Values canary = under(List.of("slipway"), Map.of("canary", true));
        Object replicas = chart.overlaid(root).root.get(REPLICAS);
        if (replicas instanceof Number number) {
            long share = Math.max(1, (number.longValue() * highest.percent() + 99) / 100);
            canary.root.put(REPLICAS, share);
        }
        return canary;
    }

    private Values overlaid(Map<String, @Nullable Object> over) {
        return new Values(merge(root, over));
    }

    private Values under(List<String> path, Map<String, ? extends @Nullable Object> leaf) {
        Map<String, @Nullable Object> nested = new LinkedHashMap<>(leaf);
        for (int i = path.size() - 1; i >= 0; i--) {
            Map<String, @Nullable Object> outer = new LinkedHashMap<>();
            outer.put(path.get(i), nested);
            nested = outer;
        }
        return overlaid(nested);
    }

    /** The document for helm. */
    byte[] json() {
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("values cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Values whose key says that they are secret. There should be none (charts name Secrets), but charts differ. */
    List<String> secrets() {
        List<String> found = new ArrayList<>();
        collect("", root, found);
        return found;
    }

    private static void collect(String key, @Nullable Object value, List<String> found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> collect(String.valueOf(k), v, found));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> collect(key, item, found));
        } else if (value instanceof String text && SECRET_KEY.matcher(key).matches()) {
            found.add(text);
        }
    }

    @SuppressWarnings("unchecked") // HelmYaml makes no mapping with other keys
    private static Map<String, @Nullable Object> mapping(Object value) {
        return (Map<String, @Nullable Object>) value;
    }
}
