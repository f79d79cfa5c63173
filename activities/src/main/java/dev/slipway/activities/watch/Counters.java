package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What counters rose by within a window, summed over their series. Each pair of neighbouring samples counts at the later
 * one; a value that fell is a restarted process, whose counter began at zero again.
 */
record Counters(List<Series> series, Window window) {
    /** Takes the rises, one by one. */
    interface Rise {
        /**
         * @param at when it was seen, in milliseconds of the epoch
         */
        void seen(long at, double by);
    }

    /** The rise of all series. */
    double rise() {
        double[] sum = new double[1];
        each((at, by) -> sum[0] += by);
        return sum[0];
    }

    /** When any of them rose for the first time. */
    Optional<Instant> firstRise() {
        long[] first = {Long.MAX_VALUE};
        each((at, by) -> first[0] = by > 0 ? Math.min(first[0], at) : first[0]);
        return first[0] == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(first[0]));
    }

    /** Each rise of each series. */
    void each(Rise rise) {
        for (Series one : series) {
            each(one.samples(), rise);
        }
    }

    private void each(Samples samples, Rise rise) {
        int before = -1;
        for (int i = 0; i < samples.size(); i++) {
            if (!Double.isFinite(samples.value(i))) {
                continue;
            }
            if (window.holds(samples.millis(i))) {
                each(samples, before, i, rise);
            }
            before = i;
        }
    }

    private void each(Samples samples, int before, int now, Rise rise) {
        long at = samples.millis(now);
        double value = samples.value(now);
        if (before < 0) {
            if (window.bornAt(at)) {
                rise.seen(at, value);
            }
        } else if (samples.millis(before) >= window.countFrom()) {
            double last = samples.value(before);
            rise.seen(at, value >= last ? value - last : value);
        }
    }
}
