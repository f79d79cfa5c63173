package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * The samples that count in one fold: those in {@code (after, upTo]}. Consecutive windows add up to one.
 *
 * @param countFrom what happened before (warm-up, an earlier weight) never counts
 * @param scrapedSince when the track was scraped for the first time: a counter that appears later began at zero
 */
record Window(Instant after, Instant upTo, Instant countFrom, Optional<Instant> scrapedSince) {
    /** Whether a sample belongs to this window. */
    boolean holds(Sample sample) {
        return sample.at().isAfter(after)
                && !sample.at().isAfter(upTo)
                && !sample.at().isBefore(countFrom);
    }

    /** Whether a counter whose first sample this is was born then, rather than only seen for the first time. */
    boolean bornAt(Sample first) {
        return scrapedSince.isPresent()
                && scrapedSince.get().isBefore(first.at())
                && first.at().isAfter(countFrom);
    }
}
