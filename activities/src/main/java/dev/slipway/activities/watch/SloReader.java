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
import java.util.TreeSet;
import java.util.stream.Collectors;

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
            Set<String> bounds = bounds(buckets, at);
            Set<String> wanted = wanted(slo, bounds);
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

    private static Set<String> wanted(Slo.Latency slo, Set<String> bounds) {
        return bounds.stream()
                .filter(bound -> Double.parseDouble(bound.replace("Inf", "Infinity")) == slo.below())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Bounds as they are written: Prometheus 3 says 5.0 where an older one says 5. */
    private Set<String> bounds(Selector buckets, Instant at) throws PrometheusException {
        return source.latest(buckets, at).stream()
                .map(series -> series.label("le"))
                .filter(bound -> bound.matches("\\+?Inf|[0-9.eE+-]+"))
                .collect(Collectors.toSet());
    }

    private static List<String> escaped(Set<String> bounds) {
        return bounds.stream().map(b -> b.replaceAll("([.+])", "\\\\$1")).toList();
    }

    private static String noBucket(Slo.Latency slo, Set<String> bounds) {
        String known = bounds.stream()
                .filter(bound -> !bound.endsWith("Inf"))
                .map(Double::parseDouble)
                .distinct()
                .sorted()
                .map(SloReader::plain)
                .collect(Collectors.joining(", "));
        return slo.histogram() + " has no bucket with the bound " + plain(slo.below()) + "; its bounds are " + known;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
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
