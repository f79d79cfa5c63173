package dev.slipway.model.analysis.sequential;

/**
 * How bursty the bad events of one track have been: the variance of their number per scrape as a multiple of what it would be
 * if they were independent.
 *
 * <p>Each scrape is compared with the one before (von Neumann et al. 1941), so that a bad share which drifts over the day
 * does not count as bursts.
 *
 * @param squares sum of the squared differences in bad events
 * @param expected what that sum would be if they were independent
 */
public record Bursts(double squares, double expected) {
    /** Nothing seen. */
    static final Bursts NONE = new Bursts(0, 0);

    /** What was assumed weighs as much as so many bad events that were seen. */
    private static final double WORTH = 20;

    private static final double FARTHEST = 25;

    /**
     * @throws IllegalArgumentException when a sum is negative or no finite number
     */
    public Bursts {
        if (!(squares >= 0 && expected >= 0 && squares + expected < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("no bursts: " + squares + " of " + expected);
        }
    }

    /** Nothing seen, and so much assumed. */
    static Bursts assumed(double times) {
        return new Bursts(times * WORTH, WORTH);
    }

    /** With one more scrape. */
    Bursts plus(Events now, Events before) {
        if (now.total() == 0 || before.total() == 0) {
            return this;
        }
        double growth = (double) now.total() / before.total();
        double difference = now.bad() - growth * before.bad();
        double usual = now.plus(before).share() * now.total() * (1 + growth);
        // what is farther off than five standard deviations is a change and no burst
        double square = Math.min(difference * difference, FARTHEST * (usual + 1));
        return new Bursts(squares + square, expected + usual);
    }

    /** The multiple, at least 1. */
    double times() {
        return Math.max(1, squares / expected);
    }

    /** The multiple if it is assumed to be that of another until enough was seen. */
    double times(Bursts other) {
        return Math.max(1, (other.times() * WORTH + squares) / (WORTH + expected));
    }
}
