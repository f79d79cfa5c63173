package dev.slipway.pipeline;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Prometheus vector selector, {@code name{label="value"}}: what an SLO may say, free PromQL it may not. */
final class Selector {
    private static final int LONGEST = 500;
    private static final String STRING = "(?:\"[^\"\\\\]*(?:\\\\.[^\"\\\\]*)*\"|'[^'\\\\]*(?:\\\\.[^'\\\\]*)*')";
    private static final String MATCHER = "\\s*[a-zA-Z_][a-zA-Z0-9_]*\\s*(?:=~|!~|!=|=)\\s*" + STRING + "\\s*";
    private static final Pattern FORM = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{\\s*(?:" + MATCHER + "(?:," + MATCHER + ")*,?)?\\s*})?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(?:=~|!~|!=|=)\\s*" + STRING);
    private static final List<String> OF_THE_ENVIRONMENT = List.of("namespace", "app_kubernetes_io_instance");
    private static final List<String> OF_A_HISTOGRAM = List.of("_bucket", "_sum", "_count");

    private Selector() {}

    /** Adds a problem unless the text is a selector to which the environment can add its own matchers. */
    static void check(Part part, Problems problems) {
        String text = part.text().orElse("");
        if (text.isEmpty() || text.length() > LONGEST) {
            return;
        }
        if (!FORM.matcher(text).matches()) {
            problems.add(
                    part.at(),
                    part.label() + " must be a selector such as http_requests_total{status=~\"5..\"}, not "
                            + Wording.quote(text),
                    "no functions, ranges or operators: Slipway computes the rates itself");
            return;
        }
        for (Matcher label = LABEL.matcher(text); label.find(); ) {
            if (OF_THE_ENVIRONMENT.contains(label.group(1))) {
                problems.add(
                        part.at(),
                        part.label() + " must not select by '" + label.group(1) + "'",
                        "the environment adds it: remove this matcher");
            }
        }
    }

    /** A histogram is named once, for its buckets, sum and count. */
    static void checkHistogram(Part part, Problems problems) {
        check(part, problems);
        Matcher matcher =
                FORM.matcher(part.text().filter(t -> t.length() <= LONGEST).orElse(""));
        if (!matcher.matches()) {
            return;
        }
        String name = matcher.group(1);
        OF_A_HISTOGRAM.stream()
                .filter(name::endsWith)
                .findFirst()
                .ifPresent(suffix -> problems.add(
                        part.at(),
                        part.label() + " must be the histogram without '" + suffix + "'",
                        "write " + name.substring(0, name.length() - suffix.length())));
    }
}
