package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.sequential.Rate;
import java.util.Arrays;

/** How long a rule took to find a defect, run by run, and how often it raised an alarm without one. */
final class Delays {
    /** It did not find it. */
    static final int NEVER = Integer.MAX_VALUE;

    private final double[] delays;
    private int size;
    private int alarms;
    private int healthy;

    Delays(int runs) {
        delays = new double[runs];
    }

    /** A run without a defect. */
    void healthy(boolean alarm) {
        healthy++;
        alarms += alarm ? 1 : 0;
    }

    /** A run with a defect since {@code onset} that ended at {@code end}, in seconds; one that ended before does not count. */
    void defect(double onset, double end) {
        if (end > onset) {
            delays[size++] = end == NEVER ? Double.POSITIVE_INFINITY : end - onset;
        }
    }

    /** In seconds; infinite when more than half of the runs did not find it, not a number without a run. */
    double median() {
        if (size == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(delays, size);
        Arrays.sort(sorted);
        return sorted[size / 2];
    }

    Rate alarms() {
        return new Rate(alarms, healthy);
    }
}
