package dev.slipway.model.analysis.sequential;

/** A trial that weighs evidence against the canary being healthy, and so has odds. */
public sealed interface Weighing extends Trial permits Cumulative, Detector {
    /** Evidence that is no accident of few requests, as a logarithm. */
    double TEN_TO_ONE = Math.log(10);

    @Override
    Weighing plus(Scrape scrape);

    /**
     * Learns from a scrape of before the canary got traffic how bursty stable is, which the canary is then taken to be, too.
     * It is no evidence and not {@link #seen}. Scrapes come in order, and as far apart as those of the trial.
     */
    Weighing learning(Scrape before);

    /** The evidence against the canary being healthy. */
    Doubt ofHealth();

    /** The level at which it fails: 0.001 is 1,000 to 1. */
    double alpha();

    /**
     * What a stake on one alternative lacks to a failure, as a logarithm. One scrape may bring only a part of it: bad events
     * come in bursts (a client that retries, a connection that breaks), and within one scrape a burst looks like many
     * independent ones; so no scrape decides alone. It costs one scrape.
     *
     * @param stake more than 0
     */
    default double lacking(double stake) {
        return Math.log(ofHealth().mixture().logs().size() / (alpha() * Math.min(1, stake)));
    }

    @Override
    default boolean doubted() {
        return ofHealth().reaches(TEN_TO_ONE);
    }

    @Override
    default boolean failed() {
        return ofHealth().rejects(alpha());
    }
}
