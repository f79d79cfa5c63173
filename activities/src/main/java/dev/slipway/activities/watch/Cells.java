package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time, cut into scrape intervals: what a trial weighs at once. Cutting does not depend on how often one looks, so
 * neither does the verdict.
 *
 * @param from exclusive, as of every cell
 * @param to inclusive, as of every cell
 * @param length of a cell, more than zero; the last one may be shorter
 */
record Cells(Instant from, Instant to, Duration length) {
    /** All of it; one cell when the scrape interval is not known yet. */
    static Cells all(Instant from, Instant to, Duration interval) {
        Duration whole = Duration.between(from, to);
        return new Cells(from, to, interval.isZero() ? whole : interval);
    }

    /** As much of it as whole cells fill. */
    static Cells whole(Instant from, Instant to, Duration interval) {
        Cells all = all(from, to, interval);
        long count = times(Duration.between(from, to), all.length);
        return new Cells(from, from.plus(all.length.multipliedBy(count)), all.length);
    }

    int count() {
        Duration whole = Duration.between(from, to);
        long full = times(whole, length);
        return (int) (length.multipliedBy(full).compareTo(whole) < 0 ? full + 1 : full);
    }

    Instant begin(int cell) {
        return from.plus(length.multipliedBy(cell));
    }

    Instant end(int cell) {
        Instant end = begin(cell + 1);
        return end.isAfter(to) ? to : end;
    }

    /** The cell of a moment within it. */
    int of(Instant at) {
        return (int) times(Duration.between(from, at).minusNanos(1), length);
    }

    /** Duration's own division goes by BigDecimal, which was two fifths of a look. */
    private static long times(Duration whole, Duration part) {
        return whole.toNanos() / part.toNanos();
    }
}
