package dev.slipway.model.analysis.sequential;

/**
 * How often something happened in independent runs.
 *
 * @param hits 0 to {@code runs}
 * @param runs 0 or more
 */
public record Rate(long hits, long runs) {
    private static final double UNSURE = 0.05;

    /** These runs and more of them. */
    public Rate plus(Rate more) {
        return new Rate(hits + more.hits, runs + more.runs);
    }

    /** The observed share. */
    public double share() {
        return (double) hits / runs;
    }

    /** The largest probability that is not ruled out at 95 % (Clopper and Pearson 1934, one-sided). */
    public double upperBound() {
        if (hits == runs) {
            return 1;
        }
        double low = share();
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (atMostHits(middle) > UNSURE) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private double atMostHits(double probability) {
        double mass = runs * Math.log1p(-probability);
        double sum = Math.exp(mass);
        for (long hit = 1; hit <= hits; hit++) {
            mass += Math.log(probability / (1 - probability) * (runs - hit + 1) / hit);
            sum += Math.exp(mass);
        }
        return sum;
    }

    @Override
    public String toString() {
        return String.format("%d of %d (%.3f %%, at most %.3f %%)", hits, runs, 100 * share(), 100 * upperBound());
    }
}
