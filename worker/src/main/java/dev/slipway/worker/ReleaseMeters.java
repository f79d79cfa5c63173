package dev.slipway.worker;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    /** A workflow can give its meters no text; one line here for each of docs/observability.md. */
    private static final Map<String, String> HELP = Map.ofEntries(
            Map.entry("slipway_release", "releases that ended"),
            Map.entry("slipway_deployment", "stages that ended"),
            Map.entry("slipway_lead_time", "from the request of an attempt to its promotion in an environment"),
            Map.entry("slipway_restore_time", "from the stop of a stage to the end of its undo"),
            Map.entry("slipway_approval_wait", "how long an approval was open"),
            Map.entry("slipway_verdict", "what steps, gates and ramps said"),
            Map.entry("slipway_undo", "resources that an undo went for"),
            Map.entry("slipway_vote_refused", "votes that changed nothing"),
            Map.entry("slipway_stage_open", "1 for each stage that is open now"),
            Map.entry("slipway_pollers", "workers that have asked for the work of an environment with an open stage"),
            Map.entry("slipway_untold", "releases that have ended and could not tell everything yet"),
            Map.entry("slipway_looked_timestamp_seconds", "when the gauges were last brought up to date"));

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(OURS)) {
            return id;
        }
        List<Tag> kept = id.getTags().stream()
                .filter(tag -> LABELS.contains(tag.getKey()))
                .toList();
        String help = HELP.getOrDefault(id.getName(), id.getDescription());
        return new Meter.Id(id.getName(), Tags.of(kept), id.getBaseUnit(), help, id.getType());
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
