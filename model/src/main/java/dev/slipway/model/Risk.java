package dev.slipway.model;

/**
 * How often one may be wrong.
 *
 * @param alpha probability that a version which keeps what is claimed is called bad, more than 0 and less than 1
 * @param beta probability that a version which exceeds it is called good, likewise
 */
public record Risk(double alpha, double beta) {
    /** Of one release, in all its ramps and soaks together: one false alarm in a thousand releases. */
    public static final Risk OF_A_RELEASE = new Risk(0.001, 0.05);

    /**
     * @throws IllegalArgumentException when either is not a probability strictly between 0 and 1
     */
    public Risk {
        if (!(alpha > 0 && alpha < 1 && beta > 0 && beta < 1)) {
            throw new IllegalArgumentException("a risk lies between 0 and 1: alpha " + alpha + ", beta " + beta);
        }
    }

    /** The part of each of so many tests, any of which may be the one that is wrong (Bonferroni). */
    public Risk over(int tests) {
        return new Risk(alpha / tests, beta / tests);
    }
}
