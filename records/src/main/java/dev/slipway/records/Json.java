package dev.slipway.records;

import dev.slipway.audit.Keepable;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.TypeFactory;

/** Documents in columns. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(String.class, new KeepableText()))
            .build();

    private Json() {}

    static String text(Object document) {
        return MAPPER.writeValueAsString(document);
    }

    static <T> T as(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static <T> List<T> list(String json, Class<T> type) {
        return MAPPER.readValue(json, types().constructCollectionType(List.class, type));
    }

    static Map<String, String> map(String json) {
        return MAPPER.readValue(json, types().constructMapType(Map.class, String.class, String.class));
    }

    /** PostgreSQL refuses a document with U+0000 in it, and would for ever. */
    private static final class KeepableText extends StdSerializer<String> {
        KeepableText() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator to, SerializationContext context) {
            to.writeString(Keepable.text(text));
        }
    }

    private static TypeFactory types() {
        return MAPPER.getTypeFactory();
    }
}
