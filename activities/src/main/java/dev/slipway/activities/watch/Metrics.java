package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The metrics that an SLO is made of: which they are is known here and nowhere else.
 *
 * @param all what is counted, or the gauge
 * @param part the bad ones among them, or the buckets, one of which holds the good ones; a gauge has none
 */
record Metrics(Selector all, Optional<Selector> part) {
    /**
     * Reads the selectors.
     *
     * @throws IllegalArgumentException when one cannot be read
     */
    static Metrics of(Slo slo) {
        if (slo instanceof Slo.Ratio ratio) {
            return new Metrics(Selector.parse(ratio.total()), Optional.of(Selector.parse(ratio.bad())));
        }
        if (slo instanceof Slo.Latency latency) {
            Selector histogram = Selector.parse(latency.histogram());
            return new Metrics(histogram.suffixed("_count"), Optional.of(histogram.suffixed("_bucket")));
        }
        return new Metrics(Selector.parse(((Slo.Gauge) slo).gauge()), Optional.empty());
    }

    /** The same metrics of somebody in particular. */
    Metrics each(UnaryOperator<Selector> confined) {
        return new Metrics(confined.apply(all), part.map(confined));
    }

    Stream<Selector> selectors() {
        return Stream.concat(part.stream(), Stream.of(all));
    }
}
