package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.workflows.api.HelmTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks Prometheus for the raw samples of SLOs, within the namespace and the track and nowhere else. */
final class SloReader {
    private final CounterSource source;
    private final HelmTarget track;
    private final Map<Slo.Latency, Set<String>> known = new HashMap<>();
    private final Map<Slo, Metrics> metrics = new HashMap<>();
    private final Selector up;

    SloReader(CounterSource source, HelmTarget track) {
        this.source = source;
        this.track = track;
        this.up = scoped(Selector.parse("up"));
    }

    /**
     * Reads the selectors without asking anybody.
     *
     * @throws IllegalArgumentException when one cannot be read; the message names the SLO
     */
    static void check(Slo slo) {
        try {
            Metrics.of(slo);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("SLO " + slo.name() + ": " + e.getMessage(), e);
        }
    }

    /** What a look will ask samples of, as far as that is known before the first one: which bucket it will be is not. */
    List<Selector> expected(List<Slo> slos) {
        List<Selector> expected = new ArrayList<>(List.of(up));
        for (Slo slo : slos) {
            Metrics metrics = metrics(slo);
            expected.addAll(
                    slo instanceof Slo.Latency
                            ? List.of(metrics.all())
                            : metrics.selectors().toList());
        }
        return expected;
    }

    /** The scrapes of the track's pods: 1 for a good one, 0 for one that failed. */
    List<Series> up(Duration range, Instant at) throws PrometheusException {
        return source.samples(up, range, at);
    }

    /** The samples of one SLO. */
    Reading read(Slo slo, Duration range, Instant at) throws PrometheusException {
        if (slo instanceof Slo.Ratio ratio) {
            return ratio(ratio, range, at);
        }
        if (slo instanceof Slo.Latency latency) {
            return latency(latency, range, at);
        }
        Selector gauge = metrics(slo).all();
        List<Series> series = source.samples(gauge, range, at);
        return new Reading(slo, series, List.of(), gauge.toString(), gap(series, gauge), false);
    }

    private Reading ratio(Slo.Ratio slo, Duration range, Instant at) throws PrometheusException {
        Metrics metrics = metrics(slo);
        Selector total = metrics.all();
        Selector bad = metrics.part().orElseThrow();
        List<Series> all = source.samples(total, range, at);
        String query = bad + " / " + total;
        return new Reading(slo, all, source.samples(bad, range, at), query, gap(all, total), false);
    }

    /** All buckets are asked for only until the right one is known, and again when it has gone. */
    private Reading latency(Slo.Latency slo, Duration range, Instant at) throws PrometheusException {
        Metrics metrics = metrics(slo);
        Selector buckets = metrics.part().orElseThrow();
        Selector count = metrics.all();
        if (!known.containsKey(slo)) {
            Bounds bounds = bounds(slo, at);
            Set<String> wanted = bounds.of(slo.below());
            if (wanted.isEmpty()) {
                String gap = bounds.isEmpty() ? "no samples for " + buckets : noBucket(slo, bounds);
                return new Reading(slo, List.of(), List.of(), count.toString(), Optional.of(gap), !bounds.isEmpty());
            }
            known.put(slo, wanted);
        }
        Selector good = buckets.matching("le", String.join("|", escaped(known.get(slo))));
        List<Series> all = source.samples(count, range, at);
        List<Series> part = source.samples(good, range, at);
        if (part.isEmpty()) {
            known.remove(slo);
        }
        return new Reading(slo, all, part, good + " / " + count, gap(all, count), false);
    }

    /** The bounds that the histogram has now, empty when nothing is known of it. */
    Bounds bounds(Slo.Latency slo, Instant at) throws PrometheusException {
        return Bounds.of(source.latest(metrics(slo).part().orElseThrow(), at));
    }

    private static List<String> escaped(Set<String> bounds) {
        return bounds.stream().map(b -> b.replaceAll("([.+])", "\\\\$1")).toList();
    }

    /** Why this SLO cannot be judged, after its name. */
    String noBucket(Slo.Latency slo, Bounds bounds) {
        return "below " + Bounds.words(slo.below()) + " is no bucket of " + slo.histogram() + " in "
                + track.environment() + "; its bounds are " + bounds;
    }

    private static Optional<String> gap(List<Series> series, Selector selector) {
        for (Series one : series) {
            if (one.samples().hasNumber()) {
                return Optional.empty();
            }
        }
        return Optional.of((series.isEmpty() ? "no samples for " : "only NaN or Inf for ") + selector);
    }

    /** Read once: a selector is read with expressions that cost more than its samples. */
    private Metrics metrics(Slo slo) {
        return metrics.computeIfAbsent(slo, read -> Metrics.of(read).each(this::scoped));
    }

    private Selector scoped(Selector selector) {
        return selector.with(Track.NAMESPACE, track.namespace()).with(Track.INSTANCE, track.release());
    }
}
