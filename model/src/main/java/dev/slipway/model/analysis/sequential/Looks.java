package dev.slipway.model.analysis.sequential;

import dev.slipway.model.Objective;
import java.time.Duration;

/**
 * Looks at regular intervals, as threshold rules take them: each at the bad share of its own interval, from raw counts and not
 * from a rate. An interval without requests is no look: it is neither good nor bad and interrupts no row.
 *
 * @param every how long an interval is, more than zero
 * @param open what was counted in the interval that is not over yet
 * @param good looks within the objective
 * @param bad looks beyond it
 * @param row bad looks since the last good one
 * @param longest the longest such row up to now
 */
public record Looks(Duration every, Scrape open, long good, long bad, long row, long longest) {
    /**
     * @throws IllegalArgumentException when the interval is not positive
     */
    public Looks {
        if (every.isZero() || every.isNegative()) {
            throw new IllegalArgumentException("cannot look every " + every);
        }
    }

    /** None taken yet. */
    static Looks begin(Duration every) {
        return new Looks(every, Scrape.NOTHING, 0, 0, 0, 0);
    }

    /** With one more scrape, which ends the interval when it fills it. */
    Looks plus(Scrape scrape, Objective objective) {
        Scrape now = open.plus(scrape);
        if (now.covers().compareTo(every) < 0) {
            return new Looks(every, now, good, bad, row, longest);
        }
        if (now.canary().total() == 0) {
            return new Looks(every, Scrape.NOTHING, good, bad, row, longest);
        }
        return now.canary().share() > objective.allowedBad()
                ? new Looks(every, Scrape.NOTHING, good, bad + 1, row + 1, Math.max(longest, row + 1))
                : new Looks(every, Scrape.NOTHING, good + 1, bad, 0, longest);
    }
}
