package dev.slipway.pipeline;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations of release.yaml: a whole number and one unit, such as {@code 30s}, {@code 10m}, {@code 24h}, {@code 7d}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d)");
    private static final Pattern LIMIT = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?)(ms|s|m)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Problems problems;

    Durations(Problems problems) {
        this.problems = problems;
    }

    /** More than nothing; the other one when absent. */
    Duration positive(Part part, Duration otherwise) {
        Duration duration = zeroOrMore(part, otherwise);
        if (duration.isZero() && parse(part).isPresent()) {
            problems.add(part.at(), part.label() + " must be more than 0");
            return otherwise;
        }
        return duration;
    }

    Duration zeroOrMore(Part part, Duration otherwise) {
        Duration duration = parse(part).orElse(otherwise);
        if (duration.compareTo(LONGEST) > 0) {
            problems.add(part.at(), part.label() + " must be at most 365d");
            return otherwise;
        }
        return duration;
    }

    /** Seconds of a latency limit such as {@code 2.5s} or {@code 250ms}. */
    static Optional<Double> seconds(Part part) {
        Matcher matcher = LIMIT.matcher(part.text().orElse(""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal millis = BigDecimal.valueOf(unit(matcher).toMillis());
        return Optional.of(new BigDecimal(matcher.group(1))
                .multiply(millis)
                .movePointLeft(3)
                .doubleValue());
    }

    private static Optional<Duration> parse(Part part) {
        Matcher matcher = FORM.matcher(part.text().orElse(""));
        return matcher.matches()
                ? Optional.of(unit(matcher).multipliedBy(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }

    private static Duration unit(Matcher matcher) {
        return UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
    }

    /** As a person writes it: {@code 90m}, {@code 24h}, {@code 2d}. */
    static String show(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            long length = UNITS.getOrDefault(unit, Duration.ZERO).toMillis();
            if (duration.toMillis() % length == 0) {
                return duration.toMillis() / length + unit;
            }
        }
        return duration.toMillis() + "ms";
    }
}
