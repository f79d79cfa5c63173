package dev.slipway.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times for people: {@code 4m10s}, {@code 2d03h}; instants in UTC to the second. */
final class Spans {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d)");

    private Spans() {}

    static String text(Duration span) {
        long s = Math.max(0, span.toSeconds());
        if (s < 60) {
            return s + "s";
        }
        if (s < 3600) {
            return String.format("%dm%02ds", s / 60, s % 60);
        }
        if (s < 86400) {
            return String.format("%dh%02dm", s / 3600, s % 3600 / 60);
        }
        return String.format("%dd%02dh", s / 86400, s % 86400 / 3600);
    }

    /** Exactly, with nothing dropped: {@code 1h30m}, {@code 45s}, {@code 3d}. */
    static String exact(Duration span) {
        StringBuilder text = new StringBuilder();
        part(text, span.toDaysPart(), "d");
        part(text, span.toHoursPart(), "h");
        part(text, span.toMinutesPart(), "m");
        part(text, span.toSecondsPart(), "s");
        part(text, span.toMillisPart(), "ms");
        return text.length() == 0 ? "0s" : text.toString();
    }

    /** From a start, until an end or now; empty before the start. */
    static String between(@Nullable Instant start, @Nullable Instant end, Instant now) {
        return start == null ? "" : text(Duration.between(start, end == null ? now : end));
    }

    static String at(Instant instant) {
        return SECONDS.format(instant);
    }

    /**
     * Reads {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static Duration parse(String text) {
        Matcher m = WRITTEN.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no duration such as 30s, 10m, 2h or 1d");
        }
        long n = Long.parseLong(m.group(1));
        return switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }

    private static void part(StringBuilder text, long n, String unit) {
        if (n > 0) {
            text.append(n).append(unit);
        }
    }
}
