package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last samples of one series, as small as ten thousand watches need it. */
final class Tail {
    private long[] at = new long[8];
    private double[] values = new double[8];
    private int size;

    /** Takes over newer samples; where they overlap with what is known, they replace it. */
    void replaceFrom(List<Sample> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        long first = fresh.get(0).at().toEpochMilli();
        while (size > 0 && at[size - 1] >= first) {
            size--;
        }
        for (Sample sample : fresh) {
            add(sample.at().toEpochMilli(), sample.value());
        }
    }

    private void add(long when, double value) {
        if (size == at.length) {
            at = Arrays.copyOf(at, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        at[size] = when;
        values[size] = value;
        size++;
    }

    /** Drops what is not after that moment. */
    void forgetUpTo(long moment) {
        int kept = 0;
        while (kept < size && at[kept] <= moment) {
            kept++;
        }
        if (kept > 0) {
            System.arraycopy(at, kept, at, 0, size - kept);
            System.arraycopy(values, kept, values, 0, size - kept);
            size -= kept;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The samples in {@code (after, upTo]}. */
    List<Sample> within(long after, long upTo) {
        List<Sample> samples = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            if (at[i] > after && at[i] <= upTo) {
                samples.add(new Sample(Instant.ofEpochMilli(at[i]), values[i]));
            }
        }
        return samples;
    }
}
