package dev.slipway.model.analysis.sequential;

/**
 * A service under load, as it is simulated.
 *
 * @param rate requests per second, to both versions
 * @param weight share of them that goes to the canary
 * @param canary bad share of the canary's
 * @param stable bad share of stable's
 * @param interval seconds between two scrapes
 */
public record Service(double rate, double weight, double canary, double stable, double interval) {

    /** Both versions equally bad, scraped every 5 seconds. */
    public static Service healthy(double rate, double weight, double share) {
        return new Service(rate, weight, share, share, 5);
    }

    /** The same service with a canary that is this bad. */
    public Service withCanary(double share) {
        return new Service(rate, weight, share, stable, interval);
    }

    /** What makes its traffic unlike the textbook's. */
    public enum Trouble {
        /** Independent requests. */
        NONE,
        /** Bad events come in bursts: their variance is three times what it would be. */
        BURSTS,
        /** The same, but the canary's alone. */
        CANARY_BURSTS,
        /** Each side's bad share wobbles by a fifth from scrape to scrape, for itself. */
        WOBBLE,
        /** Load and bad share rise and fall over the day, for both sides alike. */
        DAY,
        /** One scrape in ten is missing: the next one counts for both. */
        GAPS
    }
}
