package dev.slipway.model.analysis.sequential;

import java.util.Arrays;

/**
 * What the canary might be instead of what a claim says, as factors on the odds of a hit. States in flight hold one number
 * per factor: another set of factors is another constant, never a change of these.
 */
// the arrays are never handed out
@SuppressWarnings("ImmutableEnumChecker")
public enum Alternatives {
    /** Worse than claimed. */
    WORSE(1.5, 2, 3, 5, 10, 30, 100),
    /** Better than claimed. */
    BETTER(1 / 1.5, 1.0 / 2, 1.0 / 3, 1.0 / 5, 1.0 / 10, 1.0 / 30, 1.0 / 100);

    private final double[] factors;
    private final double[] logs;

    Alternatives(double... factors) {
        this.factors = factors;
        this.logs = Arrays.stream(factors).map(Math::log).toArray();
    }

    /** How many there are. */
    int size() {
        return factors.length;
    }

    /** The natural logarithm of how much better the alternative explains the draws than the claim does. */
    double gain(int index, Draws draws) {
        return draws.hits() * logs[index] - draws.trials() * Math.log1p(draws.share() * (factors[index] - 1));
    }
}
