package dev.slipway.model.analysis.sequential;

/**
 * How bursty the bad events of a service are, on either side. Evidence is divided by it. A divisor that is known before the
 * scrape and at least 1 never makes evidence stronger than it is (Jensen's inequality), so the error rates for independent
 * events hold all the same; what is gained is that they roughly hold for bursts too, which in a long soak would else be found
 * by the dozen.
 *
 * @param canary of the version that is judged
 * @param stable of the version it is compared with
 * @param last the last scrape
 */
public record Spread(Bursts canary, Bursts stable, Scrape last) {
    private static final double ASSUMED = 2;

    /** Of a soak, which has time to learn better: twice as bursty as independent events. */
    static final Spread OF_A_SOAK = new Spread(Bursts.NONE, Bursts.assumed(ASSUMED), Scrape.NOTHING);

    /** Of a ramp, where caution costs users: independent, unless stable showed before that it is not. */
    static final Spread OF_A_RAMP = new Spread(Bursts.NONE, Bursts.assumed(1), Scrape.NOTHING);

    /** With one more scrape. */
    Spread plus(Scrape scrape) {
        return new Spread(
                canary.plus(scrape.canary(), last.canary()), stable.plus(scrape.stable(), last.stable()), scrape);
    }

    /** With a scrape in which only stable counts. */
    Spread learning(Scrape before) {
        return plus(new Scrape(before.covers(), Events.NONE, before.stable()));
    }

    /**
     * What to divide evidence by, at least 1: the multiple by which the noise of {@code (1 - w) * canary's bad events - w *
     * stable's} exceeds that of independent events, which is what the evidence of a scrape moves with.
     *
     * @param ofStable w, 0 to 1: the canary's expected share of all bad events, 0 when nothing is compared with stable
     */
    double divisor(double ofStable) {
        return Math.max(1, (1 - ofStable) * ofCanary() + ofStable * ofStable());
    }

    /** The canary is taken to be as bursty as stable until it has shown what it is. */
    double ofCanary() {
        return canary.times(stable);
    }

    double ofStable() {
        return stable.times();
    }
}
