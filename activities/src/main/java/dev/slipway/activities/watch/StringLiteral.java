package dev.slipway.activities.watch;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A string as PromQL writes it: in double or single quotes with Go's escapes, or in backticks without any. */
final class StringLiteral {
    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))", Pattern.DOTALL);
    private static final String LETTERS = "abfnrtv\\'\"";
    private static final String MEANING = "\u0007\b\f\n\r\t\u000b\\'\"";

    private StringLiteral() {}

    /**
     * What the quoted text says.
     *
     * @throws IllegalArgumentException when it has an escape that Go does not know
     */
    static String read(String quoted) {
        String inner = quoted.substring(1, quoted.length() - 1);
        if (quoted.startsWith("`")) {
            return inner;
        }
        return ESCAPE.matcher(inner).replaceAll(escape -> Matcher.quoteReplacement(meaning(escape)));
    }

    private static String meaning(MatchResult escape) {
        for (int group = 1; group <= 4; group++) {
            if (escape.group(group) != null) {
                return Character.toString(Integer.parseInt(escape.group(group), group == 4 ? 8 : 16));
            }
        }
        int letter = LETTERS.indexOf(escape.group(5));
        if (letter < 0) {
            throw new IllegalArgumentException("unknown escape " + escape.group());
        }
        return MEANING.substring(letter, letter + 1);
    }
}
