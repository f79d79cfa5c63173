package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoublePredicate;

/**
 * Time in which of each kind somebody was seen well and nobody was seen ill. A sample speaks for the time until the next
 * one, but never for longer than it is fresh; it does not depend on what comes later, so consecutive spans of time add up.
 */
final class Spans {
    private static final int NO_KIND = -1;

    private final List<Edge> edges = new ArrayList<>();
    private int kinds;

    /** What a sample says and for how long; a pod's counters, of which there may be many, all say the same. */
    private record Said(Instant from, Instant to, boolean well) {}

    private record Edge(Instant at, int kind, int well, int ill) {}

    /**
     * A further kind of samples, which are evidence of health or of the contrary. Without them there is no health.
     *
     * @param freshness how long a sample speaks at most
     */
    void add(List<Series> series, Duration freshness, DoublePredicate isWell) {
        add(series, freshness, isWell, kinds++);
    }

    /** Samples that are evidence of harm only: a good value is no sign of life. */
    void addHarm(List<Series> series, Duration freshness, DoublePredicate isWell) {
        add(series, freshness, isWell, NO_KIND);
    }

    private void add(List<Series> series, Duration freshness, DoublePredicate isWell, int kind) {
        Set<Said> said = new LinkedHashSet<>();
        for (Series one : series) {
            for (int i = 0; i < one.samples().size(); i++) {
                Sample sample = one.samples().get(i);
                Instant end = sample.at().plus(freshness);
                if (i + 1 < one.samples().size()
                        && one.samples().get(i + 1).at().isBefore(end)) {
                    end = one.samples().get(i + 1).at();
                }
                said.add(new Said(sample.at(), end, isWell.test(sample.value())));
            }
        }
        said.forEach(one -> add(one, kind));
    }

    private void add(Said said, int kind) {
        if (!said.well()) {
            edges.add(new Edge(said.from(), NO_KIND, 0, 1));
            edges.add(new Edge(said.to(), NO_KIND, 0, -1));
        } else if (kind != NO_KIND) {
            edges.add(new Edge(said.from(), kind, 1, 0));
            edges.add(new Edge(said.to(), kind, -1, 0));
        }
    }

    /** The healthy time between two moments. */
    Duration healthy(Instant from, Instant to) {
        edges.sort(Comparator.comparing(Edge::at));
        Duration healthy = Duration.ZERO;
        Instant before = from;
        int[] well = new int[kinds];
        int ill = 0;
        for (Edge edge : edges) {
            Instant at = edge.at().isAfter(to) ? to : edge.at();
            if (at.isAfter(before)) {
                healthy = ill == 0 && all(well) ? healthy.plus(Duration.between(before, at)) : healthy;
                before = at;
            }
            if (edge.kind() != NO_KIND) {
                well[edge.kind()] += edge.well();
            }
            ill += edge.ill();
        }
        return healthy;
    }

    private static boolean all(int[] well) {
        return well.length > 0 && Arrays.stream(well).allMatch(count -> count > 0);
    }
}
