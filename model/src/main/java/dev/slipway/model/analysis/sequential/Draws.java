package dev.slipway.model.analysis.sequential;

/**
 * A scrape as draws from an urn: at the edge of a {@link Claim} each of {@code trials} would be a hit with probability
 * {@code share}.
 *
 * @param share more than 0 and at most 1 where there are trials
 */
record Draws(long hits, long trials, double share) {
    /** A scrape that says nothing about the claim. */
    static final Draws NONE = new Draws(0, 0, 0);
}
