package dev.slipway.activities;

import java.util.regex.Pattern;

/** Words from outside that must not look like a line of their own, move a cursor, or turn the direction of what is read. */
public final class OneLine {
    /** Control characters of ASCII and Latin-1, marks of direction and other invisible ones, line separators of Unicode. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private OneLine() {}

    /** The same text with one space for each run of what a reader cannot see, and none at the ends. */
    public static String of(String text) {
        return UNSEEN.matcher(text).replaceAll(" ").strip();
    }
}
