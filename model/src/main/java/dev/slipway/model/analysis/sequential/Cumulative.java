package dev.slipway.model.analysis.sequential;

import dev.slipway.model.Evidence;
import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import java.util.List;

/**
 * The trial of a ramp: weighs what was seen since the ramp began, against the canary being healthy and against its being bad,
 * and ends as soon as one of them cannot be believed any more. Half of the stakes bet on a version that is bad from the
 * begin; the rest is put on the table bit by bit, on one that went bad just now, because health before a defect would
 * outweigh it otherwise (a mixture over the moment of the change: Lai 1998; Shin, Ramdas and Rinaldo 2024).
 *
 * @param spread how bursty stable was before; a ramp is too short to learn it
 * @param ofHealth fails at alpha
 * @param ofHarm passes at beta
 */
public record Cumulative(Risk risk, Scrape seen, Spread spread, Doubt ofHealth, Doubt ofHarm) implements Weighing {
    /** Up to so many times stable's bad share is healthy: room for what is uneven between two sets of pods. */
    public static final double MARGIN = 1.5;

    /** What a pass must rule out, as times stable's bad share: beyond the margin, or a healthy canary could never show it. */
    public static final double HARM = 2;

    /** Fails when the canary's bad share is more than {@link #MARGIN} times stable's; passes when it is below {@link #HARM}. */
    public static Cumulative relative(Risk risk) {
        return of(risk, new Claim.Relative(MARGIN), new Claim.Relative(HARM));
    }

    /** Fails when more of the canary's events are bad than the objective allows; passes when fewer are. */
    public static Cumulative absolute(Objective objective, Risk risk) {
        return of(risk, new Claim.Absolute(objective), new Claim.Absolute(objective));
    }

    private static final double AT_BEGIN = 0.5;
    private static final double SCALE = 5;
    /** Of what a whole unit lacks: two scrapes can decide on the half unit at the begin, and none decides alone. */
    private static final double OF_THE_WAY = 0.6;

    private static Cumulative of(Risk risk, Claim healthy, Claim harmful) {
        return new Cumulative(
                risk,
                Scrape.NOTHING,
                Spread.OF_A_RAMP,
                Doubt.begin(healthy, Alternatives.WORSE, AT_BEGIN),
                Doubt.begin(harmful, Alternatives.BETTER, 1));
    }

    @Override
    public Cumulative plus(Scrape scrape) {
        double divisor = spread.divisor(ofHealth.claim().noiseOfStable(scrape));
        Scrape after = seen.plus(scrape);
        double stake = scrape.canary().total() == 0 ? 0 : staked(after) - staked(seen);
        return new Cumulative(
                risk,
                after,
                spread,
                ofHealth.topped(stake).plus(scrape, divisor, OF_THE_WAY * lacking(1)),
                ofHarm.plus(scrape));
    }

    /**
     * What of the stakes is on the table after so much time, beside the half at the begin: the version may as well go bad
     * later, more likely early, and never so late that nothing is left to bet on it. A heavy tail instead of an even part for
     * each scrape needs no longest time and finds what begins within the first minutes sooner.
     */
    private static double staked(Scrape seen) {
        double time = seen.covers().toNanos() / 1e9 / SCALE;
        return (1 - AT_BEGIN) * (1 - 1 / (1 + Math.log1p(time)));
    }

    @Override
    public Cumulative learning(Scrape before) {
        return new Cumulative(risk, seen, spread.learning(before), ofHealth, ofHarm);
    }

    @Override
    public double alpha() {
        return risk.alpha();
    }

    @Override
    public boolean passed() {
        return ofHarm.rejects(risk.beta());
    }

    @Override
    public String words() {
        String counts = ofHealth.claim().words(seen) + ": ";
        if (failed()) {
            return counts + ofHealth.odds() + " against";
        }
        return passed()
                ? counts + ofHarm.odds() + " in favour"
                : counts + "undecided, " + ofHealth.odds() + " against and " + ofHarm.odds() + " in favour";
    }

    @Override
    public List<Evidence> evidence(String slo) {
        String needed = "; p " + Phrases.probability(ofHealth.most()) + ", fails at "
                + Phrases.odds(-Math.log(risk.alpha())) + ", passes at " + Phrases.odds(-Math.log(risk.beta()));
        return List.of(Evidence.of(slo, words() + needed));
    }
}
