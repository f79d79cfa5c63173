package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The samples of one series, oldest first, kept as two arrays: ten thousand watches go through theirs with every scrape, and
 * an object for each sample was what most of their time went into. Immutable.
 */
final class Samples extends AbstractList<Sample> implements RandomAccess {
    private static final Samples NONE = new Samples(new long[0], new double[0]);

    private final long[] millis;
    private final double[] values;

    private Samples(long[] millis, double[] values) {
        this.millis = millis;
        this.values = values;
    }

    static Samples of(Collection<Sample> samples) {
        if (samples instanceof Samples same) {
            return same;
        }
        Builder builder = new Builder(samples.size());
        samples.forEach(sample -> builder.add(sample.at().toEpochMilli(), sample.value()));
        return builder.samples();
    }

    /** A part of arrays that may change afterwards. */
    static Samples copy(long[] millis, double[] values, int from, int to) {
        return from >= to
                ? NONE
                : new Samples(Arrays.copyOfRange(millis, from, to), Arrays.copyOfRange(values, from, to));
    }

    /** When it was scraped, in milliseconds of the epoch, which is as exact as Prometheus is. */
    long millis(int index) {
        return millis[index];
    }

    double value(int index) {
        return values[index];
    }

    /** Whether one of its values is a number, which neither NaN nor Inf is. */
    boolean hasNumber() {
        for (double value : values) {
            if (Double.isFinite(value)) {
                return true;
            }
        }
        return false;
    }

    /** When its values were numbers. */
    LongStream finite() {
        return IntStream.range(0, size())
                .filter(i -> Double.isFinite(values[i]))
                .mapToLong(i -> millis[i]);
    }

    @Override
    public Sample get(int index) {
        return new Sample(Instant.ofEpochMilli(millis[index]), values[index]);
    }

    @Override
    public int size() {
        return millis.length;
    }

    /** Samples that come one after the other. */
    static final class Builder {
        private long[] millis;
        private double[] values;
        private int size;

        Builder(int expected) {
            millis = new long[expected];
            values = new double[expected];
        }

        void add(long at, double value) {
            if (size == millis.length) {
                millis = Arrays.copyOf(millis, 2 * size + 1);
                values = Arrays.copyOf(values, 2 * size + 1);
            }
            millis[size] = at;
            values[size] = value;
            size++;
        }

        boolean isEmpty() {
            return size == 0;
        }

        /** To be called once, at the end. */
        Samples samples() {
            return size == millis.length
                    ? new Samples(millis, values)
                    : new Samples(Arrays.copyOf(millis, size), Arrays.copyOf(values, size));
        }
    }
}
