package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.sequential.Rate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A rule at one rate of traffic: its false alarms per 24 h, and its median delay in seconds per bad share of the defect.
 *
 * @param name of the rule
 * @param setting how it is set
 */
record Contender(String name, String setting, Rate alarms, Map<Double, Double> delays) {
    Contender {
        delays = new TreeMap<>(delays);
    }

    /** The same under another name. */
    Contender called(String other) {
        return new Contender(other, setting, alarms, delays);
    }

    /** Median seconds to find a canary that is this bad; infinite when it mostly does not. */
    double delay(double defect) {
        return delays.get(defect);
    }

    /** {@code 10 s (Slipway, best: alpha 0.2; 0.3 %)}. */
    String words(double defect) {
        return String.format(
                Locale.ROOT, "%s s (%s: %s; %.1f %%)", seconds(delay(defect)), name, setting, 100 * alarms.share());
    }

    /** {@code 310 / 95 / 25 (0.3 %)}. */
    String words() {
        String each = delays.values().stream().map(Contender::seconds).collect(Collectors.joining(" / "));
        return each + " (" + String.format(Locale.ROOT, "%.1f", 100 * alarms.share()) + " %)";
    }

    private static String seconds(double delay) {
        return Double.isInfinite(delay) ? "never" : Double.isNaN(delay) ? "-" : Long.toString(Math.round(delay));
    }

    String json() {
        String each = delays.entrySet().stream()
                .map(delay -> "\"" + delay.getKey() + "\":" + number(delay.getValue()))
                .collect(Collectors.joining(","));
        return String.format(
                Locale.ROOT,
                "{\"rule\":\"%s\",\"setting\":\"%s\",\"alarms\":%d,\"runs\":%d,\"alarmsUpperBound\":%.5f,\"medianSeconds\":{%s}}",
                name,
                setting,
                alarms.hits(),
                alarms.runs(),
                alarms.upperBound(),
                each);
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1f", value) : "null";
    }
}
