package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import java.util.List;
import java.util.Optional;

/**
 * Why a reading says nothing at the moment of its look. No data decides nothing, and neither does what is no number or what is
 * only the last that was heard: an exporter may die while the pods that it counts for are seen well.
 */
final class Gap {
    private final Reading reading;
    private final long oldest;

    private Gap(Reading reading, Look look) {
        this.reading = reading;
        this.oldest = look.at().minus(look.freshness(reading)).toEpochMilli();
    }

    static Optional<String> of(Reading reading, Look look) {
        Gap gap = new Gap(reading, look);
        return reading.gap().or(gap::noNumber).or(gap::notFresh);
    }

    private Optional<String> noNumber() {
        boolean odd = odd(reading.all()) || odd(reading.part());
        return odd ? Optional.of("NaN or Inf for " + reading.query()) : Optional.empty();
    }

    private Optional<String> notFresh() {
        if (reading.slo() instanceof Slo.Latency && reading.part().isEmpty()) {
            return Optional.of("no samples for " + reading.query());
        }
        // bad events need no counter before the first of them
        boolean fresh = fresh(reading.all()) && (!(reading.slo() instanceof Slo.Latency) || fresh(reading.part()));
        return fresh ? Optional.empty() : Optional.of("no fresh samples for " + reading.query());
    }

    private boolean odd(List<Series> series) {
        for (Series one : series) {
            if (isFresh(one) && !Double.isFinite(one.newestValue())) {
                return true;
            }
        }
        return false;
    }

    private boolean fresh(List<Series> series) {
        for (Series one : series) {
            if (isFresh(one)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFresh(Series series) {
        return series.newestMillis() > oldest;
    }
}
