package dev.slipway.model.analysis.sequential;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import dev.slipway.model.Rule;
import java.time.Duration;

/**
 * Trials of one watch, before their first scrape.
 *
 * @param risk of one SLO in this watch
 * @param besideStable whether a stable version serves beside the one that is judged
 */
public record Trials(Rule rule, Risk risk, boolean besideStable) {

    /** Of a ramp, which ends when the evidence decides. */
    public Trial ramp(Objective objective) {
        if (rule instanceof Rule.Sequential) {
            return besideStable ? AgainstStable.ramp(objective, risk) : Cumulative.absolute(objective, risk);
        }
        return classic(objective);
    }

    /**
     * Of a soak.
     *
     * @param planned the longest time that it may take
     */
    public Trial soak(Objective objective, Duration planned) {
        if (rule instanceof Rule.Sequential) {
            return besideStable
                    ? AgainstStable.soak(objective, risk.alpha(), planned)
                    : Detector.absolute(objective, risk.alpha(), planned);
        }
        return classic(objective);
    }

    private Trial classic(Objective objective) {
        if (rule instanceof Rule.Consecutive row) {
            return Consecutive.begin(objective, row.every(), row.limit(), row.enough());
        }
        if (rule instanceof Rule.FailureLimit total) {
            return FailureLimit.begin(objective, total.every(), total.limit(), total.enough());
        }
        return BurnRate.paging(objective);
    }
}
