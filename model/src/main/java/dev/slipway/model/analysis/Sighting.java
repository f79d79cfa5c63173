package dev.slipway.model.analysis;

import dev.slipway.model.analysis.sequential.Events;
import dev.slipway.model.analysis.sequential.Trial;
import java.util.Optional;

/**
 * One SLO as seen up to now.
 *
 * @param trial what the counted events say; empty for a gauge
 * @param query what to ask Prometheus to look again
 * @param gap why the counts cannot be trusted to be complete, such as {@code no samples for http_requests_total}
 * @param hopeless whether waiting cannot close the gap
 * @param outOfLimit the value of a gauge that is out of its limit right now
 */
public record Sighting(
        Tally tally,
        Optional<Trial> trial,
        String query,
        Optional<String> gap,
        boolean hopeless,
        Optional<Double> outOfLimit) {

    /** A gauge without a gap. */
    public static Sighting level(Tally tally, String query) {
        return new Sighting(tally, Optional.empty(), query, Optional.empty(), false, Optional.empty());
    }

    /** Counted events without a gap. */
    public static Sighting events(Trial trial, String query) {
        Events canary = trial.seen().canary();
        Tally tally = new Tally(canary.bad(), canary.total(), Double.NaN);
        return new Sighting(tally, Optional.of(trial), query, Optional.empty(), false, Optional.empty());
    }

    /** Data may still come. */
    public Sighting missing(String why) {
        return new Sighting(tally, trial, query, Optional.of(why), false, outOfLimit);
    }

    /** No data will come however long one waits: the SLO asks for something that does not exist. */
    public Sighting impossible(String why) {
        return new Sighting(tally, trial, query, Optional.of(why), true, outOfLimit);
    }

    /** A gauge that is out of its limit now. */
    public Sighting out(double value) {
        return new Sighting(tally, trial, query, gap, hopeless, Optional.of(value));
    }
}
