package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * Time in which somebody was seen well and nobody was seen ill. A sample speaks for the time until the next one, but never
 * for longer than it is fresh; it does not depend on what comes later, so consecutive spans of time add up.
 */
final class Spans {
    private final List<Edge> edges = new ArrayList<>();
    private final Duration freshness;

    Spans(Duration freshness) {
        this.freshness = freshness;
    }

    private record Edge(Instant at, int well, int ill) {}

    /** Samples that are evidence of health, or of the contrary. */
    void add(List<Series> series, DoublePredicate isWell) {
        add(series, isWell, true);
    }

    /** Samples that are evidence of harm only: a good value is no sign of life. */
    void addHarm(List<Series> series, DoublePredicate isWell) {
        add(series, isWell, false);
    }

    private void add(List<Series> series, DoublePredicate isWell, boolean alsoWell) {
        for (Series one : series) {
            for (int i = 0; i < one.samples().size(); i++) {
                Sample sample = one.samples().get(i);
                Instant end = sample.at().plus(freshness);
                if (i + 1 < one.samples().size()
                        && one.samples().get(i + 1).at().isBefore(end)) {
                    end = one.samples().get(i + 1).at();
                }
                if (!isWell.test(sample.value())) {
                    edges.add(new Edge(sample.at(), 0, 1));
                    edges.add(new Edge(end, 0, -1));
                } else if (alsoWell) {
                    edges.add(new Edge(sample.at(), 1, 0));
                    edges.add(new Edge(end, -1, 0));
                }
            }
        }
    }

    /** The healthy time between two moments. */
    Duration healthy(Instant from, Instant to) {
        edges.sort(Comparator.comparing(Edge::at));
        Duration healthy = Duration.ZERO;
        Instant before = from;
        int well = 0;
        int ill = 0;
        for (Edge edge : edges) {
            Instant at = edge.at().isAfter(to) ? to : edge.at();
            if (at.isAfter(before)) {
                healthy = well > 0 && ill == 0 ? healthy.plus(Duration.between(before, at)) : healthy;
                before = at;
            }
            well += edge.well();
            ill += edge.ill();
        }
        return healthy;
    }
}
