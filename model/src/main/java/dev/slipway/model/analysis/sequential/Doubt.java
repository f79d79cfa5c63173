package dev.slipway.model.analysis.sequential;

/**
 * Evidence against a claim, from the first scrape on: after each scrape {@code x to 1 against}, which while the claim holds
 * ever reaches x with probability 1/x at most.
 *
 * @param claim at its edge; keeping it is doubted with worse alternatives, exceeding it with better ones
 * @param mixture the evidence now
 * @param most natural logarithm of the highest evidence up to now, not negative
 */
public record Doubt(Claim claim, Mixture mixture, double most) {
    /**
     * @throws IllegalArgumentException when {@code most} is negative or no finite number
     */
    public Doubt {
        if (!(most >= 0 && Double.isFinite(most))) {
            throw new IllegalArgumentException("evidence cannot have been e^" + most + " at most");
        }
    }

    /** No evidence yet: {@code share} of one unit is staked, all of it for a test that only accumulates. */
    static Doubt begin(Claim claim, Alternatives alternatives, double share) {
        return new Doubt(claim, Mixture.of(alternatives, share), 0);
    }

    /** With one more scrape, taken with the cautions of {@link Mixture#plus}. */
    Doubt plus(Scrape scrape, double divisor, double limit) {
        Mixture after = mixture.plus(claim.draws(scrape), divisor, limit);
        return new Doubt(claim, after, after.largest() <= most ? most : Math.max(most, after.log()));
    }

    /** With one more scrape, whatever it is worth. */
    Doubt plus(Scrape scrape) {
        return plus(scrape, 1, Double.POSITIVE_INFINITY);
    }

    /** With a further {@code share} of one unit staked on a change that begins now. */
    Doubt topped(double share) {
        return new Doubt(claim, mixture.topped(share), most);
    }

    /** The natural logarithm of the evidence now; negative when what was seen speaks for the claim. */
    public double log() {
        return mixture.log();
    }

    /** Whether the evidence now is at least so much, as a natural logarithm. The largest stake tells mostly, and cheaply. */
    boolean reaches(double odds) {
        return mixture.largest() >= odds && mixture.log() >= odds;
    }

    /**
     * The anytime-valid p-value, 0 to 1: while the claim holds, it ever falls to x with probability x at most (Johari et al.
     * 2022, Howard et al. 2021).
     */
    public double pValue() {
        return Math.exp(-most);
    }

    /** Whether the claim is rejected at a level: 0.001 once the evidence was 1,000 to 1. */
    boolean rejects(double level) {
        return most >= -Math.log(level);
    }

    /** How far the evidence is now on its way to a level, on the scale of logarithms: 1 is there, 0 is none. */
    double way(double level) {
        return log() / -Math.log(level);
    }

    /** {@code 5.2e4 to 1}, as strong as it ever was; {@code nothing} when it never was any. */
    String odds() {
        return most == 0 ? "nothing" : Phrases.odds(most);
    }
}
