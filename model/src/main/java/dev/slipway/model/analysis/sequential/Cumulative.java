package dev.slipway.model.analysis.sequential;

import dev.slipway.model.Evidence;
import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import java.util.List;

/**
 * The trial of a ramp: weighs everything since the ramp began, against the canary being healthy and against its being bad,
 * and ends as soon as one of them cannot be believed any more. Not for long soaks: hours of health outweigh what begins to go
 * wrong after them ({@link Detector}).
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

    private static Cumulative of(Risk risk, Claim healthy, Claim harmful) {
        return new Cumulative(
                risk,
                Scrape.NOTHING,
                Spread.OF_A_RAMP,
                Doubt.begin(healthy, Alternatives.WORSE, 1),
                Doubt.begin(harmful, Alternatives.BETTER, 1));
    }

    @Override
    public Cumulative plus(Scrape scrape) {
        double divisor = spread.divisor(ofHealth.claim().noiseOfStable(scrape));
        return new Cumulative(
                risk, seen.plus(scrape), spread, ofHealth.plus(scrape, divisor, halfWay(1)), ofHarm.plus(scrape));
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
