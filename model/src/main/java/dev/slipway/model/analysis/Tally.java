package dev.slipway.model.analysis;

/**
 * What was counted of one SLO.
 *
 * @param bad bad events; of a gauge the samples out of its limit
 * @param total all events; of a gauge all its samples
 * @param worst a gauge's worst value, NaN as long as none was seen and for the other kinds
 */
public record Tally(double bad, double total, double worst) {
    /** Nothing counted yet. */
    public static final Tally NONE = new Tally(0, 0, Double.NaN);

    /** With further events. */
    public Tally plus(double moreBad, double moreTotal) {
        return new Tally(bad + moreBad, total + moreTotal, worst);
    }
}
