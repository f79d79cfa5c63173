package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What counters rose by within a window, summed over their series. Each pair of neighbouring samples counts at the later
 * one; a value that fell is a restarted process, whose counter began at zero again.
 */
record Counters(List<Series> series, Window window) {
    /** The rise of all series. */
    double rise() {
        return rises().mapToDouble(Sample::value).sum();
    }

    /** Each rise at the time at which it was seen. */
    Stream<Sample> rises() {
        return series.stream().flatMap(this::rises);
    }

    /** When any of them rose for the first time. */
    Optional<Instant> firstRise() {
        return rises().filter(rise -> rise.value() > 0).map(Sample::at).min(Instant::compareTo);
    }

    private Stream<Sample> rises(Series one) {
        List<Sample> samples =
                one.samples().stream().filter(s -> Double.isFinite(s.value())).toList();
        Stream.Builder<Sample> rises = Stream.builder();
        for (int i = 0; i < samples.size(); i++) {
            Sample now = samples.get(i);
            if (window.holds(now)) {
                if (i > 0) {
                    between(samples.get(i - 1), now).ifPresent(rises);
                } else if (window.bornAt(now)) {
                    rises.add(now);
                }
            }
        }
        return rises.build();
    }

    private Optional<Sample> between(Sample before, Sample now) {
        if (before.at().isBefore(window.countFrom())) {
            return Optional.empty();
        }
        double rise = now.value() >= before.value() ? now.value() - before.value() : now.value();
        return Optional.of(new Sample(now.at(), rise));
    }
}
