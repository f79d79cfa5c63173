package dev.slipway.model.analysis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * How far a watch is, for people.
 *
 * @param soFar time since a ramp's watch began, or the healthy time that a soak has earned
 * @param needed the least of it
 * @param expectedEnd of a soak, if all stays as well as it is; absent while its time does not count
 * @param missing what a pass still needs and why time does not count, a sentence each
 */
public record Progress(Duration soFar, Duration needed, Optional<Instant> expectedEnd, List<String> missing) {
    public Progress {
        missing = List.copyOf(missing);
    }

    /** Nothing is seen yet, and nothing is known to be missing. */
    public static Progress begin(Duration needed, Optional<Instant> expectedEnd) {
        return new Progress(Duration.ZERO, needed, expectedEnd, List.of());
    }

    /** {@code 3h12m of 24h, expected end 2026-11-22T09:00:00Z}. */
    public String words() {
        return Words.time(soFar.truncatedTo(ChronoUnit.SECONDS)) + " of " + Words.time(needed)
                + expectedEnd
                        .map(end -> ", expected end " + end.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("");
    }
}
