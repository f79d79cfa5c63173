package dev.slipway.activities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 | PT30S",
                "0 | PT1S",
                "86400 | PT1H",
                "Sun, 22 Nov 2026 03:01:30 GMT | PT1M30S",
                "Sun, 22 Nov 2026 02:00:00 GMT | PT1S"
            })
    void isSecondsOrADateAndNeverLongerThanAPersonCanWait(String header, Duration delay) {
        assertThat(RetryAfter.of(header, NOW)).contains(delay);
    }

    @ParameterizedTest
    @CsvSource({"soon", "-5", "9999999999", "''"})
    void isNothingWhenItIsNeither(String header) {
        assertThat(RetryAfter.of(header, NOW)).isEmpty();
    }
}
