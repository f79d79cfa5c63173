package dev.slipway.model.analysis.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Kayenta's judge as documented, on bad shares in percent per minute: a rank-sum test of canary against a baseline of the same
 * size, whose 98 % confidence interval of the shift must lie above a quarter of the estimated shift. It looks every
 * {@code every} minutes at the last {@code window} minutes.
 */
record Kayenta(int every, int window) {
    private static final double QUANTILE = 2.3263478740408408;
    private static final double TOLERANCE = 0.25;
    private static final double PRECISION = 1e-4;
    private static final int MINUTE = 60;

    /** The settings that are tried. */
    static final List<Kayenta> GRID = List.of(new Kayenta(1, 60), new Kayenta(5, 60), new Kayenta(30, 30));

    /** When each of the grid fails the canary, in seconds; {@link Delays#NEVER} when it does not. */
    static int[] ends(Counts counts, double[] baseline) {
        double[] canary = new double[counts.seconds() / MINUTE];
        for (int i = 0; i < canary.length; i++) {
            canary[i] = 100 * counts.share((i + 1) * MINUTE, MINUTE);
        }
        return GRID.stream().mapToInt(rule -> rule.ends(canary, baseline)).toArray();
    }

    private int ends(double[] canary, double[] baseline) {
        for (int now = every; now <= canary.length; now += every) {
            int from = Math.max(0, now - window);
            if (high(Arrays.copyOfRange(canary, from, now), Arrays.copyOfRange(baseline, from, now))) {
                return now * MINUTE;
            }
        }
        return Delays.NEVER;
    }

    static boolean high(double[] canary, double[] baseline) {
        if (canary.length < 2 || score(canary, baseline, 0) <= QUANTILE) {
            return false;
        }
        double low = min(canary) - max(baseline);
        double high = max(canary) - min(baseline);
        double lower = root(canary, baseline, QUANTILE, low, high);
        double shift = root(canary, baseline, 0, low, high);
        return lower > TOLERANCE * Math.abs(shift);
    }

    /** Where the falling score crosses a level; an end of the range when it does not, which clips the interval. */
    private static double root(double[] x, double[] y, double level, double from, double to) {
        double low = from;
        double high = to;
        if (score(x, y, low) <= level) {
            return low;
        }
        while (high - low > PRECISION) {
            double middle = (low + high) / 2;
            if (score(x, y, middle) > level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The rank-sum score of x, shifted down, against y: corrected for ties and for continuity. */
    private static double score(double[] x, double[] y, double shift) {
        int n = x.length + y.length;
        double[] all = new double[n];
        for (int i = 0; i < x.length; i++) {
            all[i] = x[i] - shift;
        }
        System.arraycopy(y, 0, all, x.length, y.length);
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        double ranks = 0;
        for (int i = 0; i < x.length; i++) {
            ranks += rank(sorted, all[i]);
        }
        double u = ranks - x.length * (x.length + 1) / 2.0 - x.length * y.length / 2.0;
        double sigma = Math.sqrt(x.length * y.length / 12.0 * (n + 1 - ties(sorted) / ((double) n * (n - 1))));
        return sigma == 0 ? 0 : (u - Math.signum(u) / 2) / sigma;
    }

    private static double rank(double[] sorted, double value) {
        int at = Arrays.binarySearch(sorted, value);
        int from = at;
        int to = at;
        while (from > 0 && sorted[from - 1] == value) {
            from--;
        }
        while (to < sorted.length - 1 && sorted[to + 1] == value) {
            to++;
        }
        return (from + to) / 2.0 + 1;
    }

    private static double ties(double[] sorted) {
        double sum = 0;
        int from = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[from]) {
                double t = i - from;
                sum += t * t * t - t;
                from = i;
            }
        }
        return sum;
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    @Override
    public String toString() {
        return "every " + every + " min over " + window + " min";
    }
}
