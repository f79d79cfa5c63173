package dev.slipway.audit;

import dev.slipway.model.Digests;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeType;

/**
 * JSON in the one form that is hashed: RFC 8785 (JCS), for documents whose numbers are all integers. Names are sorted, nothing
 * stands between the tokens, only what must be escaped is, the bytes are UTF-8.
 */
final class Canon {
    /** A field that comes twice could hide the first one. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                    .build())
            .build();

    private Canon() {}

    /** Any document of ours as a tree. */
    static JsonNode tree(Object document) {
        return MAPPER.valueToTree(document);
    }

    /**
     * A tree of what stands in these bytes.
     *
     * @throws tools.jackson.core.JacksonException when they are no JSON, or more than one document
     */
    static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }

    static <T> T as(JsonNode document, Class<T> type) {
        return MAPPER.treeToValue(document, type);
    }

    static byte[] bytes(JsonNode document) {
        return MAPPER.writeValueAsBytes(sorted(document));
    }

    /** Lower-case hexadecimal SHA-256 of the canonical bytes. */
    static String hash(JsonNode document) {
        return Digests.sha256(bytes(document)).hex();
    }

    private static Object sorted(JsonNode node) {
        if (node.getNodeType() == JsonNodeType.ARRAY) {
            return node.valueStream().map(Canon::sorted).toList();
        }
        if (node.getNodeType() != JsonNodeType.OBJECT) {
            return node;
        }
        Map<String, Object> fields = new TreeMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
        return fields;
    }
}
