package dev.slipway.activities.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A vector selector such as {@code http_requests_total{status=~"5.."}}, read properly, so that matchers can be added and
 * nothing that a release.yaml says can reach outside its own namespace and track.
 */
final class Selector {
    private static final Pattern METRIC = Pattern.compile("\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*");
    private static final String STRING = "\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'|`[^`]*`";
    private static final Pattern MATCHER =
            Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(" + STRING + ")\\s*");

    private final String metric;
    private final List<String> matchers;
    /** Asked for many times with every scrape, so it is not computed anew as a record's is. */
    private final int hash;

    Selector(String metric, List<String> matchers) {
        this.metric = metric;
        this.matchers = List.copyOf(matchers);
        this.hash = 31 * metric.hashCode() + this.matchers.hashCode();
    }

    String metric() {
        return metric;
    }

    List<String> matchers() {
        return matchers;
    }

    /**
     * Reads {@code NAME} or {@code NAME{label="value",...}}.
     *
     * @throws IllegalArgumentException when the text is anything else; the message quotes it
     */
    static Selector parse(String text) {
        Matcher metric = METRIC.matcher(text);
        if (!metric.lookingAt()) {
            throw refused(text, "it must begin with a metric name");
        }
        String rest = text.substring(metric.end());
        if (rest.isEmpty()) {
            return new Selector(metric.group(1), List.of());
        }
        String trimmed = rest.strip();
        if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) {
            throw refused(text, "after the metric name only {label=\"value\"} may follow");
        }
        return new Selector(metric.group(1), matchers(text, trimmed.substring(1, trimmed.length() - 1)));
    }

    private static List<String> matchers(String text, String inner) {
        List<String> matchers = new ArrayList<>();
        Matcher next = MATCHER.matcher(inner);
        int at = 0;
        while (!inner.substring(at).isBlank()) {
            if (!next.region(at, inner.length()).lookingAt()) {
                throw refused(text, "'" + inner.substring(at).strip() + "' is no matcher such as status=\"500\"");
            }
            matchers.add(next.group(1) + next.group(2) + next.group(3));
            at = next.end();
            if (at < inner.length()) {
                if (inner.charAt(at) != ',') {
                    throw refused(text, "matchers are separated by commas");
                }
                at++;
            }
        }
        return matchers;
    }

    /** With a further matcher {@code label="value"}. */
    Selector with(String label, String value) {
        return plus(label + "=" + quote(value));
    }

    /** With a further matcher {@code label=~"regex"}; the regex is anchored, as always in Prometheus. */
    Selector matching(String label, String regex) {
        return plus(label + "=~" + quote(regex));
    }

    /** Of another metric with the same matchers: {@code NAME + suffix}. */
    Selector suffixed(String suffix) {
        return new Selector(metric + suffix, matchers);
    }

    private Selector plus(String matcher) {
        List<String> more = new ArrayList<>(matchers);
        more.add(matcher);
        return new Selector(metric, more);
    }

    static String quote(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("'" + text + "' is no vector selector: " + why);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Selector selector
                        && hash == selector.hash
                        && metric.equals(selector.metric)
                        && matchers.equals(selector.matchers);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As PromQL. */
    @Override
    public String toString() {
        return matchers.isEmpty() ? metric : metric + "{" + String.join(",", matchers) + "}";
    }
}
