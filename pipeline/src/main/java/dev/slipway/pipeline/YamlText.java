package dev.slipway.pipeline;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of a file as text that a YAML parser may see: UTF-8, of a bounded size, without control characters. */
final class YamlText {
    /** A release.yaml is written by a person; more than this is something else. */
    static final int MOST_BYTES = 256 * 1024;

    private YamlText() {}

    /** The text, or null when a problem was added. */
    static @Nullable String decode(byte[] bytes, Problems problems) {
        if (bytes.length > MOST_BYTES) {
            problems.add(
                    Position.START, "the file has " + bytes.length + " bytes, at most " + MOST_BYTES + " are read");
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return withoutControls(text, problems) ? text : null;
        } catch (CharacterCodingException e) {
            problems.add(Position.START, "the file is not UTF-8 text", "save it as UTF-8");
            return null;
        }
    }

    private static boolean withoutControls(String text, Problems problems) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (forbidden(c)) {
                problems.add(
                        new Position(line, column), String.format("the control character U+%04X is not allowed", c));
                return false;
            }
            line += c == '\n' ? 1 : 0;
            column = c == '\n' ? 1 : column + 1;
        }
        return true;
    }

    private static boolean forbidden(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
    }
}
