package dev.slipway.model.analysis.sequential;

import java.util.Collections;
import java.util.List;

/**
 * A stake spread evenly over alternatives to a claim, which grows with those that explain what is seen better than the claim
 * does. While the claim holds it is not expected to grow, so it reaches x with probability 1/x at most, however often one
 * looks (Ville 1939; mixture over alternatives: Robbins 1970; as bets: Shafer 2021, Ramdas et al. 2023).
 *
 * <p>For independent events that holds whatever their quality is and however it changes. With factor d on the odds of q and
 * z = 1 + q(d-1), a scrape multiplies the stake by d^hits / z^trials. Compared with stable, that is expected to be at most
 * exp(n p (d/z - 1) + m r (1/z - 1)) for n requests to the canary with bad share p and m to stable with r, and with
 * q = t n / (t n + m) the exponent is not positive as long as p is at most t r. Compared with an objective, it is at most
 * ((1 + p(d-1)) / (1 + q(d-1)))^n, which is at most 1 as long as p is at most q.
 *
 * @param logs natural logarithms of the stake on each alternative
 */
public record Mixture(Alternatives alternatives, List<Double> logs) {
    /**
     * @throws IllegalArgumentException when there is not one finite number per alternative
     */
    public Mixture {
        logs = List.copyOf(logs);
        if (logs.size() != alternatives.size()) {
            throw new IllegalArgumentException(logs.size() + " stakes on " + alternatives.size() + " alternatives");
        }
        for (double log : logs) {
            if (!Double.isFinite(log)) {
                throw new IllegalArgumentException("no stakes on " + alternatives + ": " + logs);
            }
        }
    }

    /** The same stake on each alternative, {@code share} of one unit in all; more than 0. */
    static Mixture of(Alternatives alternatives, double share) {
        return new Mixture(alternatives, Collections.nCopies(alternatives.size(), Math.log(share)));
    }

    /**
     * The stakes after a scrape. Both cautions only ever make gains smaller than a fair bet's, so they cost no risk but time.
     *
     * @param divisor of the logarithm of what each stake is multiplied by, at least 1
     * @param limit the most that this logarithm may be then
     */
    Mixture plus(Draws draws, double divisor, double limit) {
        if (draws.trials() == 0) {
            return this;
        }
        Double[] after = new Double[logs.size()];
        for (int i = 0; i < after.length; i++) {
            after[i] = logs.get(i) + Math.min(limit, alternatives.gain(i, draws) / divisor);
        }
        return new Mixture(alternatives, List.of(after));
    }

    /** The stakes with {@code share} of a unit put on top, evenly; unchanged for 0. */
    Mixture topped(double share) {
        if (share <= 0) {
            return this;
        }
        double log = Math.log(share);
        Double[] after = new Double[logs.size()];
        for (int i = 0; i < after.length; i++) {
            after[i] = sum(logs.get(i), log);
        }
        return new Mixture(alternatives, List.of(after));
    }

    /** The natural logarithm of the largest stake, which their average never exceeds. */
    double largest() {
        double largest = Double.NEGATIVE_INFINITY;
        for (double stake : logs) {
            largest = Math.max(largest, stake);
        }
        return largest;
    }

    /** The natural logarithm of the average stake: how much one unit has become. */
    public double log() {
        double largest = largest();
        double sum = 0;
        for (double stake : logs) {
            sum += Math.exp(stake - largest);
        }
        return largest + Math.log(sum / logs.size());
    }

    /** ln(exp(a) + exp(b)), which neither overflows nor loses the smaller one too early. */
    private static double sum(double a, double b) {
        return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    }
}
