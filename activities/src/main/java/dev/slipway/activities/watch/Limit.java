package dev.slipway.activities.watch;

import dev.slipway.model.Slo;

/** The limit of a gauge, inclusive. */
record Limit(Slo.Direction direction, double value) {
    static Limit of(Slo.Gauge gauge) {
        return new Limit(gauge.direction(), gauge.limit());
    }

    /** Whether a value is on the healthy side; NaN is not. */
    boolean keptBy(double measured) {
        return direction == Slo.Direction.BELOW ? measured <= value : measured >= value;
    }

    /** The worse of two values; the first may be NaN for none. */
    double worse(double before, double measured) {
        if (Double.isNaN(before)) {
            return measured;
        }
        return direction == Slo.Direction.BELOW ? Math.max(before, measured) : Math.min(before, measured);
    }
}
