package dev.slipway.activities;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When to come again, as HTTP says it (RFC 9110, 10.2.3): in so many seconds, or at a date. */
public final class RetryAfter {
    private static final Duration LEAST = Duration.ofSeconds(1);
    /** Whoever asks for more is asked again nevertheless: a person waits for this call. */
    private static final Duration MOST = Duration.ofHours(1);

    private RetryAfter() {}

    /** From a second to an hour; empty when the header is neither. */
    public static Optional<Duration> of(String header, Instant now) {
        try {
            String text = header.strip();
            Duration asked = text.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return Optional.of(asked.compareTo(LEAST) < 0 ? LEAST : asked.compareTo(MOST) > 0 ? MOST : asked);
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
