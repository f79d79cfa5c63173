package dev.slipway.activities.watch;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The upper bounds of a histogram's buckets, as they are written: Prometheus 3 says 5.0 where an older one says 5. */
record Bounds(Set<String> written) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d*\\.?\\d+([eE][+-]?\\d+)?|\\+?Inf");

    /** Of the series of {@code _bucket}; a native histogram has none. */
    static Bounds of(List<Series> buckets) {
        return new Bounds(buckets.stream()
                .map(series -> series.label("le"))
                .filter(bound -> NUMBER.matcher(bound).matches())
                .collect(Collectors.toSet()));
    }

    boolean isEmpty() {
        return written.isEmpty();
    }

    /** All ways in which this bound is written; empty when there is no such bucket. */
    Set<String> of(double seconds) {
        return written.stream()
                .filter(bound -> number(bound) == seconds)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static double number(String bound) {
        return Double.parseDouble(bound.replace("Inf", "Infinity"));
    }

    /** {@code 2.5s} for 2.5, {@code 5s} for 5. */
    static String words(double seconds) {
        boolean whole = seconds == Math.rint(seconds) && Math.abs(seconds) < 1e15;
        return (whole ? Long.toString((long) seconds) : Double.toString(seconds)) + "s";
    }

    /** {@code 0.5s, 2.5s, 5s}; infinity holds everything and is no bound to ask for. */
    @Override
    public String toString() {
        String finite = written.stream()
                .map(Bounds::number)
                .filter(Double::isFinite)
                .distinct()
                .sorted()
                .map(Bounds::words)
                .collect(Collectors.joining(", "));
        return finite.isEmpty() ? "none but infinity" : finite;
    }
}
