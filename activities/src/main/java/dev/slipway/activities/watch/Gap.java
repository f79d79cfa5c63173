package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a reading says nothing at the moment of its look. No data decides nothing, and neither does what is no number or what is
 * only the last that was heard: an exporter may die while the pods that it counts for are seen well.
 */
final class Gap {
    private final Reading reading;
    private final Instant oldest;

    private Gap(Reading reading, Look look) {
        this.reading = reading;
        this.oldest = look.at().minus(look.freshness(reading));
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
        return series.stream().map(Series::newest).anyMatch(s -> isFresh(s) && !Double.isFinite(s.value()));
    }

    private boolean fresh(List<Series> series) {
        return series.stream().map(Series::newest).anyMatch(this::isFresh);
    }

    private boolean isFresh(Sample sample) {
        return sample.at().isAfter(oldest);
    }
}
