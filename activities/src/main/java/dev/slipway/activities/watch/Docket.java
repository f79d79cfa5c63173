package dev.slipway.activities.watch;

import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import dev.slipway.model.analysis.Purpose;
import dev.slipway.model.analysis.sequential.Trial;
import dev.slipway.model.analysis.sequential.Trials;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchState;

/** Which trial each SLO of a watch has: the one that runs, or one before its first scrape. */
final class Docket {
    private final WatchOrder order;
    private final Trials trials;

    Docket(WatchOrder order) {
        this.order = order;
        this.trials = new Trials(order.rule(), order.risk(), order.stable().isPresent());
    }

    /**
     * @param slo whose events are counted; a gauge has no trial
     */
    Trial trial(WatchState state, Slo slo) {
        Trial running = state.trials().get(slo.name());
        if (running != null) {
            return running;
        }
        Objective objective = slo instanceof Slo.Ratio ratio ? ratio.objective() : ((Slo.Latency) slo).objective();
        return order.purpose() == Purpose.RAMP ? trials.ramp(objective) : trials.soak(objective, order.atMost());
    }
}
