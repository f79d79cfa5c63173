package dev.slipway.model.analysis.sequential;

import dev.slipway.model.Evidence;
import dev.slipway.model.Objective;
import java.time.Duration;
import java.util.List;

/**
 * The trial of a soak: weighs evidence that the canary went bad at some moment, whichever it was, so that a long healthy past
 * hides nothing. It never passes by itself: a soak passes on earned time.
 *
 * <p>The Shiryaev-Roberts e-detector of Shin, Ramdas and Rinaldo (2024, arXiv 2203.03532), M = (M + s) * LR per scrape, with
 * one difference: the stakes s sum up to one over the planned time (half at its begin, the rest evenly), which makes M itself
 * evidence of {@code x to 1}, so that the probability of a false alarm within the planned time is at most alpha whatever the
 * scrape interval is, missing scrapes included. Beyond the planned time it goes on at the same rate: at most half of
 * alpha more for each further such time.
 *
 * @param alpha of the whole planned time
 * @param planned the longest time that the soak may take, more than zero
 * @param spread how bursty both sides have been
 */
public record Detector(double alpha, Duration planned, Scrape seen, Spread spread, Doubt ofHealth) implements Weighing {
    private static final double AT_BEGIN = 0.5;

    /**
     * @throws IllegalArgumentException when alpha is no probability or the planned time is not positive
     */
    public Detector {
        if (!(alpha > 0 && alpha < 1) || planned.isZero() || planned.isNegative()) {
            throw new IllegalArgumentException("cannot detect at alpha " + alpha + " within " + planned);
        }
    }

    /** Fails when the canary's bad share rises beyond {@link Cumulative#MARGIN} times stable's. */
    public static Detector relative(double alpha, Duration planned) {
        return of(alpha, planned, new Claim.Relative(Cumulative.MARGIN));
    }

    /** Fails when more of the canary's events become bad than the objective allows. */
    public static Detector absolute(Objective objective, double alpha, Duration planned) {
        return of(alpha, planned, new Claim.Absolute(objective));
    }

    private static Detector of(double alpha, Duration planned, Claim healthy) {
        return new Detector(
                alpha, planned, Scrape.NOTHING, Spread.OF_A_SOAK, Doubt.begin(healthy, Alternatives.WORSE, AT_BEGIN));
    }

    /** A scrape without a request to the canary adds nothing: while nobody comes, nothing can go wrong. */
    @Override
    public Detector plus(Scrape scrape) {
        if (scrape.canary().total() == 0) {
            return new Detector(alpha, planned, seen.plus(scrape), spread, ofHealth);
        }
        double divisor = spread.divisor(ofHealth.claim().noiseOfStable(scrape));
        double stake = (1 - AT_BEGIN) * seconds(scrape.covers()) / seconds(planned);
        return new Detector(
                alpha,
                planned,
                seen.plus(scrape),
                spread.plus(scrape),
                ofHealth.topped(stake).plus(scrape, divisor, lacking(stake > 0 ? stake : 1) / 2));
    }

    @Override
    public Detector learning(Scrape before) {
        return new Detector(alpha, planned, seen, spread.learning(before), ofHealth);
    }

    @Override
    public boolean passed() {
        return false;
    }

    @Override
    public String words() {
        return ofHealth.claim().words(seen) + ": " + (failed() ? "" : "undecided, ") + ofHealth.odds() + " against";
    }

    @Override
    public List<Evidence> evidence(String slo) {
        String needed = "; p " + Phrases.probability(ofHealth.most()) + ", fails at " + Phrases.odds(-Math.log(alpha));
        return List.of(Evidence.of(slo, words() + needed));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
