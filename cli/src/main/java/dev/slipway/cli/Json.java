package dev.slipway.cli;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Documents of the API, read and written; what a terminal could obey is written as an escape. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().characterEscapes(new Harmless()).build())
            .build();

    private Json() {}

    /**
     * @throws Failure when the text is no JSON
     */
    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw notUnderstood(e);
        }
    }

    /**
     * @throws Failure when the document is not what it should be
     */
    static <T> T as(JsonNode document, Class<T> type) {
        try {
            return MAPPER.treeToValue(document, type);
        } catch (JacksonException e) {
            throw notUnderstood(e);
        }
    }

    /** On one line. */
    static String line(Object document) {
        return MAPPER.writeValueAsString(document);
    }

    /** Indented. */
    static String pretty(Object document) {
        return MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(document);
    }

    private static Failure notUnderstood(JacksonException e) {
        return new Failure(
                ExitCode.INTERNAL,
                "the server's answer is not understood: " + SafeText.line(e.getOriginalMessage()),
                "check --server or SLIPWAY_URL, and that slipway and server have the same version (slipway --version)");
    }

    private static final class Harmless extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[0x7f] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return c > 0x7f && !Character.isSurrogate((char) c) && SafeText.dangerous(c)
                    ? new SerializedString(String.format("\\u%04x", c))
                    : null;
        }
    }
}
