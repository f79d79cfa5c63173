package dev.slipway.model.analysis.sequential;

import java.util.Collections;
import java.util.List;

/**
 * A stake spread evenly over alternatives to a claim, which grows with those that explain what is seen better than the claim
 * does. While the claim holds it is not expected to grow, so it reaches x with probability 1/x at most, however often one
 * looks (Ville 1939; mixture over alternatives: Robbins 1970; as bets: Shafer 2021, Ramdas et al. 2023).
 *
 * <p>That holds without any assumption on how bad events are distributed over time, for independent events: with factor d
 * on odds q/(1-q) and z = 1 + q(d-1), a scrape multiplies the stake by d^hits / z^trials, whose expectation is at most
 * exp(n p (d/z - 1) + m p' (1/z - 1)) for the canary's n requests with bad share p and stable's m with p', and that is at most
 * 1 as soon as p is at most {@code times} p'. Bad events that come in bursts break the independence; the margin pays for that.
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

    /** The natural logarithm of all stakes together. */
    double log() {
        double largest = Collections.max(logs);
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
