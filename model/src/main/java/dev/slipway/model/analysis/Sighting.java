package dev.slipway.model.analysis;

import java.util.Optional;

/**
 * One SLO as seen up to now.
 *
 * @param query what to ask Prometheus to look again
 * @param gap why the counts cannot be trusted to be complete, such as {@code no samples for http_requests_total}
 * @param hopeless whether waiting cannot close the gap
 * @param outOfLimit the value of a gauge that is out of its limit right now
 */
public record Sighting(Tally tally, String query, Optional<String> gap, boolean hopeless, Optional<Double> outOfLimit) {

    /** Counts without a gap. */
    public static Sighting of(Tally tally, String query) {
        return new Sighting(tally, query, Optional.empty(), false, Optional.empty());
    }

    /** Data may still come. */
    public Sighting missing(String why) {
        return new Sighting(tally, query, Optional.of(why), false, outOfLimit);
    }

    /** No data will come however long one waits: the SLO asks for something that does not exist. */
    public Sighting impossible(String why) {
        return new Sighting(tally, query, Optional.of(why), true, outOfLimit);
    }

    /** A gauge that is out of its limit now. */
    public Sighting out(double value) {
        return new Sighting(tally, query, gap, hopeless, Optional.of(value));
    }
}
