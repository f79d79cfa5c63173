package dev.slipway.model.analysis.sequential;

/**
 * How bursty the bad events of a service are: the variance of their number per scrape as a multiple of what it would be if
 * they were independent. Evidence is divided by it. A divisor that is known before the scrape and at least 1 never makes
 * evidence stronger than it is (Jensen's inequality), so the error rates for independent events hold all the same; what is
 * gained is that they roughly hold for bursts too, which in a long soak would else be found by the dozen.
 *
 * <p>Each scrape is compared with the one before (von Neumann et al. 1941), so that a bad share which drifts over the day
 * does not count as bursts.
 *
 * @param squares sum of the squared differences in bad events
 * @param expected what that sum would be if they were independent
 * @param last the last scrape
 */
public record Spread(double squares, double expected, Scrape last) {
    private static final double ASSUMED = 2;
    private static final double WORTH = 20;
    private static final double FARTHEST = 25;

    /** Nothing known: twice as bursty as independent events, until some dozens of bad ones were seen. */
    static final Spread UNKNOWN = new Spread(ASSUMED * WORTH, WORTH, Scrape.NOTHING);

    /**
     * @throws IllegalArgumentException when a sum is negative, or nothing is expected
     */
    public Spread {
        if (!(squares >= 0 && expected > 0 && squares < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("no spread: " + squares + " of " + expected);
        }
    }

    /** With one more scrape. */
    Spread plus(Scrape scrape) {
        Spread both = plus(scrape.canary(), last.canary()).plus(scrape.stable(), last.stable());
        return new Spread(both.squares, both.expected, scrape);
    }

    private Spread plus(Events now, Events before) {
        if (now.total() == 0 || before.total() == 0) {
            return this;
        }
        double growth = (double) now.total() / before.total();
        double difference = now.bad() - growth * before.bad();
        double usual = now.plus(before).share() * now.total() * (1 + growth);
        // what is farther off than five standard deviations is a change and no burst
        double square = Math.min(difference * difference, FARTHEST * (usual + 1));
        return new Spread(squares + square, expected + usual, last);
    }

    /** What to divide evidence by, at least 1. */
    double divisor() {
        return Math.max(1, squares / expected);
    }
}
