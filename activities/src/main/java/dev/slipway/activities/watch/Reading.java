package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import java.util.List;
import java.util.Optional;

/**
 * The raw samples of one SLO in one look.
 *
 * @param all counters of all events, or the gauge itself
 * @param part counters of the bad events, or of the good ones for a latency; empty for a gauge
 * @param query what a person may ask Prometheus to see the same
 * @param gap why nothing can be said, such as no samples
 * @param hopeless whether waiting cannot close the gap
 */
record Reading(Slo slo, List<Series> all, List<Series> part, String query, Optional<String> gap, boolean hopeless) {
    Reading {
        all = List.copyOf(all);
        part = List.copyOf(part);
    }
}
