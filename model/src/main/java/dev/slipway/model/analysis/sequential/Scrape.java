package dev.slipway.model.analysis.sequential;

import java.time.Duration;

/**
 * What was counted under one SLO since the scrape before, on both tracks over the same time. A scrape in which a counter
 * was reset or the weight was changed compares unequal times and must be left out by who makes it.
 *
 * @param covers the time in which it was counted, not negative
 * @param canary events of the version that is judged
 * @param stable events of the version it is compared with; none where there is nothing to compare
 */
public record Scrape(Duration covers, Events canary, Events stable) {
    /** Nothing seen yet. */
    public static final Scrape NOTHING = new Scrape(Duration.ZERO, Events.NONE, Events.NONE);

    /**
     * @throws IllegalArgumentException when it covers less than no time
     */
    public Scrape {
        if (covers.isNegative()) {
            throw new IllegalArgumentException("a scrape cannot cover " + covers);
        }
    }

    /** Both together. */
    public Scrape plus(Scrape next) {
        return new Scrape(covers.plus(next.covers), canary.plus(next.canary), stable.plus(next.stable));
    }

    /** The same with stable in the place of the version that is judged, compared with nothing. */
    Scrape ofStable() {
        return new Scrape(covers, stable, Events.NONE);
    }
}
