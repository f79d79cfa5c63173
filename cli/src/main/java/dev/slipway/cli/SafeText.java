package dev.slipway.cli;

/** Text from elsewhere made harmless for a terminal: no control characters, no escape sequences, no changes of direction. */
final class SafeText {
    private SafeText() {}

    /** One line: line breaks and tabs become a space, other control and format characters disappear. */
    static String line(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029) {
                safe.append(' ');
            } else if (!dangerous(c)) {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /** Whether a terminal or a reader could be misled: C0, C1, DEL, bidirectional and other format characters, lone surrogates. */
    static boolean dangerous(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }
}
