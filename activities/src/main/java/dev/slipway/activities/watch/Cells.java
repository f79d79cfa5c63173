package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time, cut into scrape intervals: what a trial weighs at once. Cutting does not depend on how often one looks, so
 * neither does the verdict. All in milliseconds, of the epoch where it is a moment.
 *
 * @param from exclusive, as of every cell
 * @param to inclusive, as of every cell
 * @param length of a cell, more than zero; the last one may be shorter
 */
record Cells(long from, long to, long length) {
    /** All of it; one cell when the scrape interval is not known yet. */
    static Cells all(Instant from, Instant to, Duration interval) {
        long begin = from.toEpochMilli();
        long end = Math.max(begin, to.toEpochMilli());
        return new Cells(begin, end, interval.isZero() ? Math.max(1, end - begin) : interval.toMillis());
    }

    /** As much of it as whole cells fill. */
    static Cells whole(Instant from, Instant to, Duration interval) {
        Cells all = all(from, to, interval);
        long full = (all.to - all.from) / all.length;
        return new Cells(all.from, all.from + full * all.length, all.length);
    }

    int count() {
        return (int) ((to - from + length - 1) / length);
    }

    /** Where a cell begins, and the one before it ends. */
    long begin(int cell) {
        return Math.min(to, from + cell * length);
    }

    Duration covers(int cell) {
        return Duration.ofMillis(begin(cell + 1) - begin(cell));
    }

    /** The cell of a moment within it. */
    int of(long at) {
        return (int) ((at - from - 1) / length);
    }
}
