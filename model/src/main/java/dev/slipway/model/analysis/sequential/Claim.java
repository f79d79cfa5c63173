package dev.slipway.model.analysis.sequential;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.model.Objective;

/** A bound on how bad the canary is. Evidence is collected against the canary keeping it, or against its exceeding it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "claim")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Claim.Relative.class, name = "relative"),
    @JsonSubTypes.Type(value = Claim.Absolute.class, name = "absolute")
})
public sealed interface Claim {
    /** What a scrape says about it. */
    Draws draws(Scrape scrape);

    /** How much of the noise in a scrape's evidence is stable's: the share of all bad events that is expected to be the canary's. */
    double noiseOfStable(Scrape scrape);

    /** What was seen, beside what it is compared with: {@code 4.1 % of 212 against 0.3 % of 4,410}. */
    String words(Scrape seen);

    /**
     * The canary's bad share is {@code times} that of stable in the same scrape. Of all bad events of a scrape, the canary's
     * share is then {@code times * n / (times * n + m)} for n requests to the canary and m to stable, whatever the weight
     * and whatever hits both alike (Lindon and Malek 2022, arXiv 2011.03567, with a margin and a split that may change from
     * scrape to scrape).
     *
     * @param times 0.1 to 100
     */
    record Relative(double times) implements Claim {
        /**
         * @throws IllegalArgumentException when {@code times} is out of its range
         */
        public Relative {
            if (!(times >= 0.1 && times <= 100)) {
                throw new IllegalArgumentException("times lies between 0.1 and 100, not at " + times);
            }
        }

        @Override
        public Draws draws(Scrape scrape) {
            Events canary = scrape.canary();
            Events stable = scrape.stable();
            if (canary.total() == 0 || stable.total() == 0) {
                return Draws.NONE;
            }
            double expected = times * canary.total();
            return new Draws(canary.bad(), canary.bad() + stable.bad(), expected / (expected + stable.total()));
        }

        @Override
        public double noiseOfStable(Scrape scrape) {
            return draws(scrape).share();
        }

        @Override
        public String words(Scrape seen) {
            return Phrases.share(seen.canary()) + " against " + Phrases.share(seen.stable());
        }
    }

    /** As many of the canary's events are bad as the objective allows (Wald 1945, binomial). */
    record Absolute(Objective objective) implements Claim {
        @Override
        public Draws draws(Scrape scrape) {
            return new Draws(scrape.canary().bad(), scrape.canary().total(), objective.allowedBad());
        }

        @Override
        public double noiseOfStable(Scrape scrape) {
            return 0;
        }

        @Override
        public String words(Scrape seen) {
            return Phrases.share(seen.canary()) + " with " + Phrases.percent(objective.allowedBad()) + " allowed";
        }
    }
}
