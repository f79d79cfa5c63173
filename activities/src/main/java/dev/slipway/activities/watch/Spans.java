package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * Time in which of each kind somebody was seen well and nobody was seen ill. A sample speaks for the time until the next
 * one, but never for longer than it is fresh; it does not depend on what comes later, so consecutive spans of time add up.
 */
final class Spans {
    private static final int NO_KIND = 0;
    /** A moment and what changes then fit into one number, which sorts faster than an object for each edge. */
    private static final long CODES = 1 << 12;

    private final long begin;
    private long[] edges = new long[16];
    private int size;
    private int kinds;

    /**
     * @param begin of the earliest time that will be asked for, in milliseconds of the epoch
     */
    Spans(long begin) {
        this.begin = begin;
    }

    /** The pods must be seen, and whatever an SLO counts as well. */
    static Spans of(Look look, long begin) {
        Spans spans = new Spans(begin);
        spans.add(look.up(), look.freshness(), value -> value == 1);
        for (Reading reading : look.readings()) {
            spans.add(reading, look.freshness(reading));
        }
        return spans;
    }

    private void add(Reading reading, Duration freshness) {
        if (reading.slo() instanceof Slo.Gauge gauge) {
            add(reading.all(), freshness, Limit.of(gauge)::keptBy);
            return;
        }
        add(reading.all(), freshness, Double::isFinite);
        if (reading.slo() instanceof Slo.Latency) {
            add(reading.part(), freshness, Double::isFinite);
        } else {
            addHarm(reading.part(), freshness, Double::isFinite);
        }
    }

    /**
     * A further kind of samples, which are evidence of health or of the contrary. Without them there is no health.
     *
     * @param freshness how long a sample speaks at most
     */
    void add(List<Series> series, Duration freshness, DoublePredicate isWell) {
        kinds++;
        add(series, freshness, isWell, kinds);
    }

    /** Samples that are evidence of harm only: a good value is no sign of life. */
    void addHarm(List<Series> series, Duration freshness, DoublePredicate isWell) {
        add(series, freshness, isWell, NO_KIND);
    }

    private void add(List<Series> series, Duration freshness, DoublePredicate isWell, int kind) {
        for (Series one : series) {
            add(one.samples(), freshness.toMillis(), isWell, kind);
        }
    }

    private void add(Samples samples, long freshness, DoublePredicate isWell, int kind) {
        for (int i = samples.size() - 1; i >= 0; i--) {
            long from = samples.millis(i);
            long to = from + freshness;
            if (i + 1 < samples.size()) {
                to = Math.min(to, samples.millis(i + 1));
            }
            if (to <= begin) {
                // those before it have ended even earlier
                return;
            }
            boolean well = isWell.test(samples.value(i));
            if (!well || kind != NO_KIND) {
                edge(from, well ? kind : NO_KIND, true);
                edge(to, well ? kind : NO_KIND, false);
            }
        }
    }

    /** Of kind none are those of who was seen ill. */
    private void edge(long at, int kind, boolean begins) {
        if (size == edges.length) {
            edges = Arrays.copyOf(edges, 2 * size);
        }
        edges[size++] = at * CODES + 2L * kind + (begins ? 1 : 0);
    }

    /** The healthy time between two moments, in milliseconds of the epoch. */
    Duration healthy(long from, long to) {
        Arrays.sort(edges, 0, size);
        long healthy = 0;
        long before = from;
        int[] seen = new int[kinds + 1];
        for (int i = 0; i < size; i++) {
            long at = Math.min(edges[i] / CODES, to);
            if (at > before) {
                healthy += isWell(seen) ? at - before : 0;
                before = at;
            }
            int code = (int) (edges[i] % CODES);
            seen[code / 2] += code % 2 == 1 ? 1 : -1;
        }
        return Duration.ofMillis(healthy);
    }

    private static boolean isWell(int[] seen) {
        boolean well = seen.length > 1 && seen[NO_KIND] == 0;
        for (int kind = 1; kind < seen.length; kind++) {
            well &= seen[kind] > 0;
        }
        return well;
    }
}
