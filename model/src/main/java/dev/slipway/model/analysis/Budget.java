package dev.slipway.model.analysis;

import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import java.math.BigDecimal;

/** The events that may be bad under an objective. Decimal, so that 10 bad of 100 keep an objective of exactly 90%. */
record Budget(Objective objective) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * @throws IllegalArgumentException for a gauge, which counts no events
     */
    static Budget of(Slo slo) {
        if (slo instanceof Slo.Ratio ratio) {
            return new Budget(ratio.objective());
        }
        if (slo instanceof Slo.Latency latency) {
            return new Budget(latency.objective());
        }
        throw new IllegalArgumentException("a gauge has no error budget: " + slo.name());
    }

    /** Whether more events are bad than the objective allows. */
    boolean exceededBy(Tally tally) {
        BigDecimal allowed = HUNDRED.subtract(objective.percent()).multiply(BigDecimal.valueOf(tally.total()));
        return BigDecimal.valueOf(tally.bad()).multiply(HUNDRED).compareTo(allowed) > 0;
    }
}
