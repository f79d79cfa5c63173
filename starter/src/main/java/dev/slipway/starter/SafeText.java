package dev.slipway.starter;

/** Text from outside, fit for logs, terminals and the Temporal UI. */
final class SafeText {
    private static final int LONGEST = 2000;

    private SafeText() {}

    /** One line without control, format and direction characters, at most 2000 characters. */
    static String line(String text) {
        String plain = text.replaceAll("[\\s\\p{Zl}\\p{Zp}]+", " ").replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}]", "");
        String trimmed = plain.trim();
        return trimmed.length() <= LONGEST ? trimmed : trimmed.substring(0, LONGEST - 3) + "...";
    }
}
