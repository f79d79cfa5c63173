package dev.slipway.activities.watch;

import java.util.HashMap;
import java.util.Map;

/**
 * One line of an {@link Exposition}, read from left to right. A timestamp or an exemplar after the value is left out: when
 * it was scraped is what counts.
 */
final class ExpositionLine {
    private static final int SHOWN = 80;

    private final String text;
    private final int begin;
    private final int end;
    private final int number;
    private int at;

    ExpositionLine(String text, int begin, int end, int number) {
        this.text = text;
        this.begin = begin;
        this.end = end > begin && text.charAt(end - 1) == '\r' ? end - 1 : end;
        this.number = number;
        this.at = begin;
    }

    /** Whether it is neither empty nor a comment. */
    boolean isValue() {
        skipBlanks();
        return at < end && text.charAt(at) != '#';
    }

    /** The metric's name, which must be asked for first. */
    String metric() throws ScrapeException {
        String name = name(true);
        if (at < end && !isBlank(peek()) && peek() != '{') {
            throw wrong("a metric's name ends with { or a blank");
        }
        return name;
    }

    /** The labels, none when there are no braces; empty ones are no labels. */
    Map<String, String> labels() throws ScrapeException {
        Map<String, String> labels = new HashMap<>();
        skipBlanks();
        if (peek() != '{') {
            return labels;
        }
        at++;
        while (skipBlanks().peek() != '}') {
            String label = name(false);
            skipBlanks().expect('=');
            skipBlanks().expect('"');
            String value = string();
            if (!value.isEmpty() && labels.put(label, value) != null) {
                throw wrong("label " + label + " twice");
            }
            if (skipBlanks().peek() != '}') {
                expect(',');
            }
        }
        at++;
        return labels;
    }

    /** The value, after the labels. */
    double value() throws ScrapeException {
        skipBlanks();
        int from = at;
        while (at < end && !isBlank(peek())) {
            at++;
        }
        String word = text.substring(from, at);
        switch (word) {
            case "NaN":
                return Double.NaN;
            case "+Inf":
            case "Inf":
                return Double.POSITIVE_INFINITY;
            case "-Inf":
                return Double.NEGATIVE_INFINITY;
            default:
                return number(word);
        }
    }

    /** Java also takes 1d, 1f and 0x1p3 for numbers, which the formats do not know. */
    private double number(String word) throws ScrapeException {
        try {
            if (word.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)) {
                return Double.parseDouble(word);
            }
        } catch (NumberFormatException e) {
            // said below, as for what is not even made of a number's characters
        }
        throw wrong("'" + word + "' is no value");
    }

    private String name(boolean isMetric) throws ScrapeException {
        int from = at;
        while (at < end && isOfName(text.charAt(at), at > from, isMetric)) {
            at++;
        }
        if (at == from) {
            throw wrong(isMetric ? "it begins with no metric's name" : "a label's name is missing");
        }
        return text.substring(from, at);
    }

    private static boolean isOfName(char c, boolean isLater, boolean isMetric) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c == ':' && isMetric
                || c >= '0' && c <= '9' && isLater;
    }

    private String string() throws ScrapeException {
        StringBuilder value = new StringBuilder();
        while (at < end && peek() != '"') {
            if (peek() == '\\' && at + 1 < end) {
                at++;
                value.append(peek() == 'n' ? "\n" : peek() == '"' || peek() == '\\' ? peek() : "\\" + peek());
            } else {
                value.append(peek());
            }
            at++;
        }
        expect('"');
        return value.toString();
    }

    private void expect(char wanted) throws ScrapeException {
        if (peek() != wanted) {
            throw wrong(wanted + " is missing");
        }
        at++;
    }

    /** The next character, a line end when there is none. */
    private char peek() {
        return at < end ? text.charAt(at) : '\n';
    }

    private ExpositionLine skipBlanks() {
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        return this;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private ScrapeException wrong(String why) {
        String line = text.substring(begin, Math.min(end, begin + SHOWN));
        return new ScrapeException("line " + number + ": " + why + ": " + line);
    }
}
