package dev.slipway.audit;

import java.util.regex.Pattern;

/** Text without what neither PostgreSQL nor UTF-8 can hold: U+0000 and lone surrogates become U+FFFD. */
public final class Keepable {
    private static final Pattern NOT = Pattern.compile("[\\x00\\ud800-\\udfff]");

    private Keepable() {}

    /** The text itself when nothing in it is in the way. */
    public static String text(String text) {
        return NOT.matcher(text).replaceAll("\ufffd");
    }
}
