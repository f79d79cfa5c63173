package dev.slipway.activities.watch;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One matcher of a {@link Selector}, evaluated as Prometheus does: a label that is absent is empty, and a regex speaks for
 * the whole value. It is RE2's syntax, not Java's, and takes linear time whatever a release.yaml says.
 */
record LabelMatcher(String label, Predicate<String> value) {
    private static final java.util.regex.Pattern PARTS =
            java.util.regex.Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)(=~|!~|!=|=)(.*)", java.util.regex.Pattern.DOTALL);

    /**
     * Reads a matcher as a selector holds it, such as {@code status=~"5.."}.
     *
     * @throws IllegalArgumentException when the string or the regex cannot be read
     */
    static LabelMatcher of(String matcher) {
        java.util.regex.Matcher parts = PARTS.matcher(matcher);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + matcher + "' is no matcher");
        }
        String wanted = StringLiteral.read(parts.group(3));
        Predicate<String> test = parts.group(2).endsWith("~") ? regex(wanted) : wanted::equals;
        return new LabelMatcher(parts.group(1), parts.group(2).startsWith("!") ? test.negate() : test);
    }

    private static Predicate<String> regex(String wanted) {
        try {
            // Prometheus lets a dot stand for a line end too
            return Pattern.compile(wanted, Pattern.DOTALL)::matches;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + wanted + "' is no regex: " + e.getDescription(), e);
        }
    }

    /** The labels that a selector speaks of. */
    static Set<String> labels(Selector selector) {
        return selector.matchers().stream().map(one -> of(one).label()).collect(Collectors.toSet());
    }

    /** Whether a label set is what the selector, name and all, asks for. */
    static Predicate<Map<String, String>> all(Selector selector) {
        List<LabelMatcher> matchers =
                selector.matchers().stream().map(LabelMatcher::of).toList();
        return labels -> selector.metric().equals(labels.get(PodAddress.NAME))
                && matchers.stream().allMatch(one -> one.matches(labels));
    }

    private boolean matches(Map<String, String> labels) {
        return value.test(labels.getOrDefault(label, ""));
    }
}
