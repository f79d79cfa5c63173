package dev.slipway.activities.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** An object as lines of YAML whose order and style say nothing: keys sorted, so that only what differs differs. */
final class Lines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Lines() {}

    /** None for an object that is not there. */
    static List<String> of(JsonNode object) {
        if (object instanceof MissingNode) {
            return List.of();
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setIndent(2);
        return new Yaml(options).dump(sorted(object)).lines().toList();
    }

    private static @Nullable Object sorted(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, @Nullable Object> map = new TreeMap<>();
            node.properties().forEach(field -> map.put(field.getKey(), sorted(field.getValue())));
            return map;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(item -> list.add(sorted(item)));
            return list;
        }
        return node.isNull() ? null : JSON.convertValue(node, Object.class);
    }
}
