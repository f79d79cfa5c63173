package dev.slipway.worker;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What becomes of the meters that a release's workflow counts: they keep the labels of docs/observability.md and lose those
 * that Temporal's SDK puts on everything, and their times are of people and soaks, minutes to days.
 */
final class ReleaseMeters implements MeterFilter {
    private static final String OURS = "slipway_";
    private static final Set<String> LABELS =
            Set.of("service", "environment", "outcome", "verdict", "resource", "result", "decision", "kind", "phase");
    private static final double[] BUCKETS = Stream.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(4),
                    Duration.ofHours(12),
                    Duration.ofDays(1),
                    Duration.ofDays(2),
                    Duration.ofDays(3),
                    Duration.ofDays(7))
            .mapToDouble(Duration::toNanos)
            .toArray();

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(OURS)) {
            return id;
        }
        List<Tag> kept = id.getTags().stream()
                .filter(tag -> LABELS.contains(tag.getKey()))
                .toList();
        return id.replaceTags(kept);
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        if (!id.getName().startsWith(OURS)) {
            return config;
        }
        return DistributionStatisticConfig.builder()
                .percentilesHistogram(false)
                .serviceLevelObjectives(BUCKETS)
                .build()
                .merge(config);
    }
}
