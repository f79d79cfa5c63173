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

    SloReader(CounterSource source, HelmTarget track) {
        this.source = source;
        this.track = track;
    }

    /**
     * Reads the selectors without asking anybody.
     *
     * @throws IllegalArgumentException when one cannot be read; the message names the SLO
     */
    static void check(Slo slo) {
        try {
            selectors(slo).forEach(Selector::parse);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("SLO " + slo.name() + ": " + e.getMessage(), e);
        }
    }

    private static List<String> selectors(Slo slo) {
        if (slo instanceof Slo.Ratio ratio) {
            return List.of(ratio.bad(), ratio.total());
        }
        return List.of(slo instanceof Slo.Latency latency ? latency.histogram() : ((Slo.Gauge) slo).gauge());
    }

    /** What a look will ask samples of, as far as that is known before the first one. */
    List<Selector> expected(List<Slo> slos) {
        List<Selector> expected = new ArrayList<>(List.of(scoped("up")));
        for (Slo slo : slos) {
            for (String selector : selectors(slo)) {
                expected.add(slo instanceof Slo.Latency ? scoped(selector).suffixed("_count") : scoped(selector));
            }
        }
        return expected;
    }

    /** The scrapes of the track's pods: 1 for a good one, 0 for one that failed. */
    List<Series> up(Duration range, Instant at) throws PrometheusException {
        return source.samples(scoped("up"), range, at);
    }

    /** The samples of one SLO. */
    Reading read(Slo slo, Duration range, Instant at) throws PrometheusException {
        if (slo instanceof Slo.Ratio ratio) {
            return ratio(ratio, range, at);
        }
        if (slo instanceof Slo.Latency latency) {
            return latency(latency, range, at);
        }
        Selector gauge = scoped(((Slo.Gauge) slo).gauge());
        List<Series> series = source.samples(gauge, range, at);
        return new Reading(slo, series, List.of(), gauge.toString(), gap(series, gauge), false);
    }

    private Reading ratio(Slo.Ratio slo, Duration range, Instant at) throws PrometheusException {
        Selector bad = scoped(slo.bad());
        Selector total = scoped(slo.total());
        List<Series> all = source.samples(total, range, at);
        String query = bad + " / " + total;
        return new Reading(slo, all, source.samples(bad, range, at), query, gap(all, total), false);
    }

    /** All buckets are asked for only until the right one is known, and again when it has gone. */
    private Reading latency(Slo.Latency slo, Duration range, Instant at) throws PrometheusException {
        Selector histogram = scoped(slo.histogram());
        Selector buckets = histogram.suffixed("_bucket");
        Selector count = histogram.suffixed("_count");
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
        return Bounds.of(source.latest(scoped(slo.histogram()).suffixed("_bucket"), at));
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
        if (series.stream().flatMap(s -> s.samples().stream()).anyMatch(s -> Double.isFinite(s.value()))) {
            return Optional.empty();
        }
        return Optional.of((series.isEmpty() ? "no samples for " : "only NaN or Inf for ") + selector);
    }

    private Selector scoped(String selector) {
        return Selector.parse(selector).with(Track.NAMESPACE, track.namespace()).with(Track.INSTANCE, track.release());
    }
}
