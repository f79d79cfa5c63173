package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * The samples that count in one fold: those in {@code (after, upTo]}, in milliseconds of the epoch. Consecutive windows add up
 * to one.
 *
 * @param countFrom what happened before (warm-up, an earlier weight) never counts
 * @param scrapedSince when the track was scraped for the first time: a counter that appears later began at zero
 */
record Window(long after, long upTo, long countFrom, long scrapedSince) {
    private static final long NEVER = Long.MAX_VALUE;

    Window(Instant after, Instant upTo, Instant countFrom, Optional<Instant> scrapedSince) {
        this(
                after.toEpochMilli(),
                upTo.toEpochMilli(),
                countFrom.toEpochMilli(),
                scrapedSince.map(Instant::toEpochMilli).orElse(NEVER));
    }

    /** All cells. */
    static Window of(Cells cells, long countFrom, Optional<Instant> scrapedSince) {
        return new Window(cells.from(), cells.to(), countFrom, NEVER).since(scrapedSince);
    }

    /** Whether what was sampled at that moment belongs to this window. */
    boolean holds(long at) {
        return at > after && at <= upTo && at >= countFrom;
    }

    /** Whether a counter that was first sampled at that moment was born then, rather than only seen for the first time. */
    boolean bornAt(long first) {
        return scrapedSince < first && first > countFrom;
    }

    /** The begin of it. */
    Window upTo(long end) {
        return new Window(after, end, countFrom, scrapedSince);
    }

    /** The same time, of a track that was scraped since another moment. */
    Window since(Optional<Instant> scraped) {
        return new Window(
                after, upTo, countFrom, scraped.map(Instant::toEpochMilli).orElse(NEVER));
    }
}
