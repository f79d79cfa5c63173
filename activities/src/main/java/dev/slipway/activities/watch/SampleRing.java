package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The newest samples of one series. That the series has ended is a sample too, as in Prometheus: it is in no answer, but
 * {@link #latest} does not look behind it. Not for more than one thread.
 */
final class SampleRing {
    /** A NaN that no text can give. */
    private static final long ENDED = 0x7ff8000000000001L;

    private static final int FIRST_SIZE = 16;

    private final int most;
    private long[] millis = new long[FIRST_SIZE];
    private double[] values = new double[FIRST_SIZE];
    private int begin;
    private int size;

    SampleRing(int most) {
        this.most = most;
    }

    /** Takes a sample, unless there is one of that time or a later one. */
    void add(Instant at, double value) {
        put(at, Double.isNaN(value) ? Double.NaN : value);
    }

    /** From {@code at} on the series is no longer there, until it is added to again. */
    void end(Instant at) {
        if (size > 0 && !isEnd(size - 1)) {
            put(at, Double.longBitsToDouble(ENDED));
        }
    }

    private void put(Instant at, double value) {
        if (size > 0 && !at.isAfter(newest())) {
            return;
        }
        if (size == most) {
            begin = (begin + 1) % millis.length;
            size--;
        } else if (size == millis.length) {
            grow();
        }
        int place = (begin + size) % millis.length;
        millis[place] = at.toEpochMilli();
        values[place] = value;
        size++;
    }

    /** It is full only before its begin ever moved, so the order is kept. */
    private void grow() {
        int more = Math.min(most, 2 * size);
        millis = Arrays.copyOf(millis, more);
        values = Arrays.copyOf(values, more);
    }

    /** When it last changed; there must be a sample. */
    Instant newest() {
        return at(size - 1);
    }

    /** The samples in {@code (after, upTo]}, oldest first. */
    List<Sample> between(Instant after, Instant upTo) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (at(i).isAfter(after) && !at(i).isAfter(upTo) && !isEnd(i)) {
                samples.add(sample(i));
            }
        }
        return samples;
    }

    /** The newest sample in {@code (after, upTo]} of a series that has not ended by then. */
    Optional<Sample> latest(Instant after, Instant upTo) {
        for (int i = size - 1; i >= 0; i--) {
            if (!at(i).isAfter(upTo)) {
                return at(i).isAfter(after) && !isEnd(i) ? Optional.of(sample(i)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean isEnd(int i) {
        return Double.doubleToRawLongBits(values[(begin + i) % values.length]) == ENDED;
    }

    private Sample sample(int i) {
        return new Sample(at(i), values[(begin + i) % values.length]);
    }

    private Instant at(int i) {
        return Instant.ofEpochMilli(millis[(begin + i) % millis.length]);
    }
}
