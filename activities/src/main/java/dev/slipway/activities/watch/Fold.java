package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.model.analysis.Seen;
import dev.slipway.model.analysis.Sighting;
import dev.slipway.model.analysis.Tally;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds the samples of a look to what was seen before. A pure function of samples and Prometheus's time: it does not matter
 * how often, when or by which worker one looks.
 */
final class Fold {
    private final WatchOrder order;

    Fold(WatchOrder order) {
        this.order = order;
    }

    /** The state with the samples up to {@code upTo} counted; unchanged when they have been. */
    WatchState fold(WatchState state, Look look, Instant upTo) {
        if (!upTo.isAfter(state.cursor())) {
            return state;
        }
        Instant countFrom = state.startedAt().plus(order.warmUp());
        Window window = new Window(state.cursor(), upTo, countFrom, look.scrapedSince());
        Map<String, WatchState.Counts> counts = new HashMap<>(state.counts());
        Optional<Instant> first = state.firstRequest();
        for (Reading reading : look.readings()) {
            counts.put(reading.slo().name(), counted(tally(state, reading.slo()), reading, window));
            if (first.isEmpty() && !(reading.slo() instanceof Slo.Gauge)) {
                first = new Counters(reading.all(), window).firstRise();
            }
        }
        Instant earnFrom = countFrom.isAfter(state.cursor()) ? countFrom : state.cursor();
        Duration healthy = state.healthy().plus(spans(look).healthy(earnFrom, upTo));
        return new WatchState(state.startedAt(), upTo, counts, first, healthy, state.blindSince());
    }

    /** What the judge needs, of a state that was folded up to the look's own time. */
    Seen seen(WatchState state, Look look) {
        Map<String, Sighting> slos = new HashMap<>();
        for (Reading reading : look.readings()) {
            slos.put(reading.slo().name(), sighting(tally(state, reading.slo()), reading, look));
        }
        Duration elapsed = Duration.between(state.startedAt(), look.at());
        return new Seen(elapsed, state.healthy(), stale(look), slos);
    }

    private static WatchState.Counts counted(Tally before, Reading reading, Window window) {
        Tally after = reading.slo() instanceof Slo.Gauge gauge
                ? levels(before, gauge, reading.all(), window)
                : events(before, reading, window);
        return new WatchState.Counts(after.bad(), after.total(), after.worst());
    }

    private static Tally events(Tally before, Reading reading, Window window) {
        double total = new Counters(reading.all(), window).rise();
        double part = new Counters(reading.part(), window).rise();
        double bad = reading.slo() instanceof Slo.Latency ? Math.max(0, total - part) : part;
        return before.plus(bad, total);
    }

    private static Tally levels(Tally before, Slo.Gauge gauge, List<Series> series, Window window) {
        double bad = before.bad();
        double total = before.total();
        double worst = before.worst();
        for (Series one : series) {
            for (Sample sample : one.samples()) {
                if (window.holds(sample) && Double.isFinite(sample.value())) {
                    bad += Limit.of(gauge).keptBy(sample.value()) ? 0 : 1;
                    total++;
                    worst = Limit.of(gauge).worse(worst, sample.value());
                }
            }
        }
        return new Tally(bad, total, worst);
    }

    private static Sighting sighting(Tally tally, Reading reading, Look look) {
        Sighting sighting = Sighting.of(tally, reading.query());
        if (reading.gap().isPresent()) {
            String gap = reading.gap().get();
            return reading.hopeless() ? sighting.impossible(gap) : sighting.missing(gap);
        }
        if (reading.slo() instanceof Slo.Gauge gauge) {
            return level(sighting, gauge, reading, look);
        }
        return sighting;
    }

    private static Sighting level(Sighting sighting, Slo.Gauge gauge, Reading reading, Look look) {
        Instant oldest = look.at().minus(look.freshness());
        double worst = Double.NaN;
        for (Series series : reading.all()) {
            Sample newest = series.samples().get(series.samples().size() - 1);
            if (Double.isFinite(newest.value()) && newest.at().isAfter(oldest)) {
                worst = Limit.of(gauge).worse(worst, newest.value());
            }
        }
        if (Double.isNaN(worst)) {
            return sighting.missing("no fresh samples for " + reading.query());
        }
        return Limit.of(gauge).keptBy(worst) ? sighting : sighting.out(worst);
    }

    private Optional<String> stale(Look look) {
        String track = order.track().release() + " in " + order.track().namespace();
        if (look.up().isEmpty()) {
            return Optional.of("Prometheus scrapes no pod of " + track);
        }
        Instant oldest = look.at().minus(look.freshness());
        boolean scraped = false;
        for (Series pod : look.up()) {
            Sample newest = pod.samples().get(pod.samples().size() - 1);
            if (newest.at().isAfter(oldest)) {
                if (newest.value() != 1) {
                    return Optional.of("the scrape of " + name(pod) + " fails");
                }
                scraped = true;
            }
        }
        return scraped ? Optional.empty() : Optional.of("no fresh scrape of " + track);
    }

    private static String name(Series pod) {
        return pod.label("pod").isEmpty() ? "instance " + pod.label("instance") : "pod " + pod.label("pod");
    }

    private static Spans spans(Look look) {
        Spans spans = new Spans(look.freshness());
        spans.add(look.up(), value -> value == 1);
        for (Reading reading : look.readings()) {
            if (reading.slo() instanceof Slo.Gauge gauge) {
                spans.addHarm(reading.all(), Limit.of(gauge)::keptBy);
            }
        }
        return spans;
    }

    private static Tally tally(WatchState state, Slo slo) {
        WatchState.Counts counts = state.counts().get(slo.name());
        return counts == null ? Tally.NONE : new Tally(counts.bad(), counts.total(), counts.worst());
    }
}
