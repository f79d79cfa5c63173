package dev.slipway.activities.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.Yaml;

/** Sides for tests, from YAML. */
public final class Rendered {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Rendered() {}

    /** One side. */
    public static Side side(String title, String values, String manifest) {
        List<JsonNode> objects = new ArrayList<>();
        new Yaml().loadAll(manifest).forEach(one -> objects.add(JSON.valueToTree(one)));
        return new Side(title, "home", JSON.valueToTree(new Yaml().load(values)), objects);
    }

    /** Two manifests with the same values. */
    public static Comparison of(String before, String after) {
        return Comparison.of(side("old", "{}", before), side("new", "{}", after));
    }

    static Comparison ofValues(String before, String after) {
        String object = "{ kind: ConfigMap, metadata: { name: a } }";
        return Comparison.of(side("old", before, object), side("new", after, object));
    }
}
