package dev.slipway.activities.watch;

import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import dev.slipway.model.analysis.Purpose;
import dev.slipway.model.analysis.Seen;
import dev.slipway.model.analysis.Sighting;
import dev.slipway.model.analysis.Tally;
import dev.slipway.model.analysis.sequential.AgainstStable;
import dev.slipway.model.analysis.sequential.Events;
import dev.slipway.model.analysis.sequential.Scrape;
import dev.slipway.model.analysis.sequential.Tape;
import dev.slipway.model.analysis.sequential.Trial;
import dev.slipway.model.analysis.sequential.Trials;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds the samples of a look to what was seen before. A pure function of samples and Prometheus's time: it does not matter
 * how often, when or by which worker one looks.
 */
final class Fold {
    private final WatchOrder order;
    private final Trials trials;

    Fold(WatchOrder order) {
        this.order = order;
        this.trials = new Trials(order.rule(), order.risk(), order.stable().isPresent());
    }

    /** The state before anything was counted, with trials that know how bursty stable has been. */
    WatchState learnt(WatchState begin, Look before) {
        Cells cells = Cells.whole(before.at().minus(Observer.LEARNT), before.at(), before.scrapeInterval());
        Window window = new Window(cells.from(), cells.to(), cells.from(), before.stableScrapedSince());
        Map<String, Trial> after = new HashMap<>();
        for (Reading reading : before.stable()) {
            if (trial(begin, reading.slo()) instanceof AgainstStable trial) {
                after.put(reading.slo().name(), learnt(trial, Counted.in(reading, cells, window), cells));
            }
        }
        return begin.knowing(after);
    }

    private static Trial learnt(AgainstStable trial, Counted stable, Cells cells) {
        AgainstStable after = trial;
        for (int cell = 0; cell < cells.count(); cell++) {
            Duration covers = Duration.between(cells.begin(cell), cells.end(cell));
            after = after.learning(new Scrape(covers, Events.NONE, stable.of(cell)));
        }
        return after;
    }

    /** The state with everything up to {@code upTo}: what is to be judged now, though more of it may yet arrive. */
    WatchState upTo(WatchState state, Look look, Instant upTo) {
        Instant from = counting(state);
        return upTo.isAfter(from)
                ? fold(state, look, Cells.all(from, upTo, look.scrapeInterval()))
                : warmingUp(state, upTo);
    }

    /** The state with the whole cells up to {@code upTo}, for good; unchanged when they have been counted. */
    WatchState settled(WatchState state, Look look, Instant upTo) {
        Instant from = counting(state);
        Instant known = look.lonely().filter(lonely -> lonely.isBefore(upTo)).orElse(upTo);
        return known.isAfter(from)
                ? fold(state, look, Cells.whole(from, known, look.scrapeInterval()))
                : warmingUp(state, known);
    }

    private Instant counting(WatchState state) {
        Instant countFrom = countFrom(state);
        return countFrom.isAfter(state.cursor()) ? countFrom : state.cursor();
    }

    private Instant countFrom(WatchState state) {
        return state.startedAt().plus(order.warmUp());
    }

    private static WatchState warmingUp(WatchState state, Instant upTo) {
        return upTo.isAfter(state.cursor()) ? state.at(upTo) : state;
    }

    private WatchState fold(WatchState state, Look look, Cells cells) {
        if (cells.count() == 0) {
            return state;
        }
        Window window = new Window(cells.from(), cells.to(), countFrom(state), look.scrapedSince());
        Map<String, WatchState.Counts> levels = new HashMap<>(state.counts());
        List<Weighed> weighed = new ArrayList<>();
        Optional<Instant> first = state.firstRequest();
        for (Reading reading : look.readings()) {
            String name = reading.slo().name();
            if (reading.slo() instanceof Slo.Gauge gauge) {
                levels.put(name, counts(levels(tally(state, gauge), gauge, reading.all(), window)));
                continue;
            }
            Counted canary = Counted.in(reading, cells, window);
            weighed.add(
                    new Weighed(name, trial(state, reading.slo()), canary, stable(reading.slo(), look, cells, window)));
            first = first.or(new Counters(reading.all(), window)::firstRise);
        }
        Tape tape = state.tape().orElseGet(() -> Tape.begin(cells.from(), trials(weighed)));
        Duration healthy = state.healthy();
        Spans spans = spans(look);
        for (int cell = 0; cell < cells.count(); cell++) {
            tape = tape.plus(weigh(weighed, cells, cell));
            if (weighed.stream().noneMatch(one -> one.trial().doubted())) {
                healthy = healthy.plus(spans.healthy(cells.begin(cell), cells.end(cell)));
            }
        }
        return new WatchState(
                state.startedAt(),
                cells.to(),
                levels,
                trials(weighed),
                first,
                healthy,
                state.blindSince(),
                Optional.of(tape),
                state.progress());
    }

    private static Map<String, Scrape> weigh(List<Weighed> weighed, Cells cells, int cell) {
        Map<String, Scrape> scrapes = new HashMap<>();
        weighed.forEach(one -> scrapes.put(one.name(), one.weigh(cells, cell)));
        return scrapes;
    }

    private static Map<String, Trial> trials(List<Weighed> weighed) {
        return weighed.stream().collect(Collectors.toMap(Weighed::name, Weighed::trial));
    }

    private static Counted stable(Slo slo, Look look, Cells cells, Window window) {
        Window beside = new Window(window.after(), window.upTo(), window.countFrom(), look.stableScrapedSince());
        return look.stable().stream()
                .filter(reading -> reading.slo().equals(slo))
                .findFirst()
                .map(reading -> Counted.in(reading, cells, beside))
                .orElseGet(() -> Counted.nothing(cells));
    }

    private Trial trial(WatchState state, Slo slo) {
        Trial known = state.trials().get(slo.name());
        if (known != null) {
            return known;
        }
        Objective objective = slo instanceof Slo.Ratio ratio ? ratio.objective() : ((Slo.Latency) slo).objective();
        return order.purpose() == Purpose.RAMP ? trials.ramp(objective) : trials.soak(objective, order.atMost());
    }

    /** What the judge needs, of a state that was folded up to the look's own time. */
    Seen seen(WatchState state, Look look) {
        Map<String, Sighting> slos = new HashMap<>();
        for (Reading reading : look.readings()) {
            slos.put(reading.slo().name(), sighting(state, reading, look));
        }
        Duration elapsed = Duration.between(state.startedAt(), look.at());
        return new Seen(elapsed, state.healthy(), stale(look), slos);
    }

    private static WatchState.Counts counts(Tally tally) {
        return new WatchState.Counts(tally.bad(), tally.total(), tally.worst());
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

    private Sighting sighting(WatchState state, Reading reading, Look look) {
        Sighting sighting = reading.slo() instanceof Slo.Gauge gauge
                ? Sighting.level(tally(state, gauge), reading.query())
                : Sighting.events(trial(state, reading.slo()), reading.query());
        Optional<String> gap = Gap.of(reading, look);
        if (gap.isPresent()) {
            return reading.hopeless() ? sighting.impossible(gap.get()) : sighting.missing(gap.get());
        }
        return reading.slo() instanceof Slo.Gauge gauge ? level(sighting, gauge, reading, look) : sighting;
    }

    private static Sighting level(Sighting sighting, Slo.Gauge gauge, Reading reading, Look look) {
        Instant oldest = look.at().minus(look.freshness(reading));
        double worst = Double.NaN;
        for (Series series : reading.all()) {
            if (series.newest().at().isAfter(oldest)) {
                worst = Limit.of(gauge).worse(worst, series.newest().value());
            }
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
            Sample newest = pod.newest();
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

    /** The pods must be seen, and whatever an SLO counts as well. */
    private static Spans spans(Look look) {
        Spans spans = new Spans();
        spans.add(look.up(), look.freshness(), value -> value == 1);
        for (Reading reading : look.readings()) {
            Duration freshness = look.freshness(reading);
            if (reading.slo() instanceof Slo.Gauge gauge) {
                spans.add(reading.all(), freshness, Limit.of(gauge)::keptBy);
                continue;
            }
            spans.add(reading.all(), freshness, Double::isFinite);
            if (reading.slo() instanceof Slo.Latency) {
                spans.add(reading.part(), freshness, Double::isFinite);
            } else {
                spans.addHarm(reading.part(), freshness, Double::isFinite);
            }
        }
        return spans;
    }

    private static Tally tally(WatchState state, Slo.Gauge slo) {
        WatchState.Counts counts = state.counts().get(slo.name());
        return counts == null ? Tally.NONE : new Tally(counts.bad(), counts.total(), counts.worst());
    }
}
