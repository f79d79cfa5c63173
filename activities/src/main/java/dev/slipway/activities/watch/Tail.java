package dev.slipway.activities.watch;

import java.util.Arrays;
import java.util.Map;

/** The last samples of one series, as small as ten thousand watches need it. */
final class Tail {
    private final Map<String, String> labels;
    private long[] at = new long[8];
    private double[] values = new double[8];
    private int size;

    Tail(Map<String, String> labels) {
        this.labels = labels;
    }

    /** Of which series. */
    Map<String, String> labels() {
        return labels;
    }

    /** Takes over newer samples; where they overlap with what is known, they replace it. */
    void replaceFrom(Samples fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        long first = fresh.millis(0);
        while (size > 0 && at[size - 1] >= first) {
            size--;
        }
        for (int i = 0; i < fresh.size(); i++) {
            add(fresh.millis(i), fresh.value(i));
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
        int dropped = upTo(moment);
        if (dropped > 0) {
            System.arraycopy(at, dropped, at, 0, size - dropped);
            System.arraycopy(values, dropped, values, 0, size - dropped);
            size -= dropped;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The samples in {@code (after, upTo]}. */
    Samples within(long after, long upTo) {
        return Samples.copy(at, values, upTo(after), upTo(upTo));
    }

    /** How many samples lie at that moment or before it. */
    private int upTo(long moment) {
        int count = size;
        while (count > 0 && at[count - 1] > moment) {
            count--;
        }
        return count;
    }
}
