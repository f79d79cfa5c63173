package dev.slipway.activities.helm;

import java.nio.charset.StandardCharsets;

/**
 * How a helm process ended.
 *
 * @param exit its exit code, 128 + signal when it was killed
 * @param stdout at most {@link HelmProcess#STDOUT_LIMIT} bytes
 * @param truncated whether there was more of it
 * @param stderr the last part, without secrets
 * @param late whether it was stopped because its limit was over
 */
record Finished(int exit, byte[] stdout, boolean truncated, String stderr, boolean late) {
    /** Whether helm says that it did what it was asked. */
    boolean ok() {
        return exit == 0 && !truncated && !late;
    }

    /** Standard output as text. */
    String text() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    /** helm's own last {@code Error:} paragraph on one line, or the last lines when there is none. */
    String error() {
        int at = Math.max(stderr.startsWith("Error: ") ? 0 : -1, stderr.lastIndexOf("\nError: "));
        String from = at < 0 ? stderr : stderr.substring(at).strip().substring("Error: ".length());
        String words = from.lines()
                .filter(line -> !line.startsWith("level=") && !line.startsWith("time="))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((a, b) -> a + "; " + b)
                .orElse("exit code " + exit + " without a word");
        String cut = words.length() > 1000 ? words.substring(0, 1000) + " ..." : words;
        return late ? "stopped, because it did not end in time: " + cut : cut;
    }
}
