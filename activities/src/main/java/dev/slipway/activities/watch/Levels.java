package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.model.analysis.Tally;
import dev.slipway.workflows.api.WatchState;
import java.util.List;
import java.util.OptionalDouble;

/** The samples of a gauge, each of which keeps its limit or does not. */
record Levels(Slo.Gauge gauge, List<Series> series) {
    /** All that was counted of a gauge. */
    static Tally tally(WatchState state, Slo.Gauge gauge) {
        WatchState.Counts counts = state.counts().get(gauge.name());
        return counts == null ? Tally.NONE : new Tally(counts.bad(), counts.total(), counts.worst());
    }

    /** What was counted, with what is in the window. */
    WatchState.Counts counts(WatchState before, Window window) {
        Tally tally = tally(before, gauge);
        double bad = tally.bad();
        double total = tally.total();
        double worst = tally.worst();
        for (Series one : series) {
            Samples samples = one.samples();
            for (int i = 0; i < samples.size(); i++) {
                double value = samples.value(i);
                if (window.holds(samples.millis(i)) && Double.isFinite(value)) {
                    bad += Limit.of(gauge).keptBy(value) ? 0 : 1;
                    total++;
                    worst = Limit.of(gauge).worse(worst, value);
                }
            }
        }
        return new WatchState.Counts(bad, total, worst);
    }

    /**
     * The worst value right now, when it is out of the limit or there is none.
     *
     * @param oldest a sample that is not newer says nothing any more
     */
    OptionalDouble outOfLimit(long oldest) {
        double worst = Double.NaN;
        for (Series one : series) {
            if (one.newestMillis() > oldest) {
                worst = Limit.of(gauge).worse(worst, one.newestValue());
            }
        }
        return Limit.of(gauge).keptBy(worst) ? OptionalDouble.empty() : OptionalDouble.of(worst);
    }
}
