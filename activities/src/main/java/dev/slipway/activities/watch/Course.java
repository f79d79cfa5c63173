package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.model.analysis.sequential.Scrape;
import dev.slipway.model.analysis.sequential.Tape;
import dev.slipway.model.analysis.sequential.Trial;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way of a watch's trials through the cells of one look; the state is known wherever it stops. */
final class Course {
    private final WatchState begin;
    private final Look look;
    private final Cells cells;
    private final Window window;
    private final Spans spans;
    private final List<Weighed> weighed = new ArrayList<>();
    private final List<Map<String, Scrape>> untaped = new ArrayList<>();
    private Duration healthy;
    private Tape tape;
    private int cell;

    /**
     * @param begin what was seen before the first cell
     * @param countFrom what happened before never counts
     */
    Course(WatchState begin, Look look, Cells cells, Instant countFrom, Docket docket) {
        this.begin = begin;
        this.look = look;
        this.cells = cells;
        this.window = Window.of(cells, countFrom.toEpochMilli(), look.scrapedSince());
        this.spans = Spans.of(look, cells.from());
        for (Reading reading : look.readings()) {
            if (!(reading.slo() instanceof Slo.Gauge)) {
                Trial trial = docket.trial(begin, reading.slo());
                Counted canary = Counted.in(reading, cells, window);
                weighed.add(new Weighed(reading.slo().name(), trial, canary, stable(reading.slo())));
            }
        }
        this.healthy = begin.healthy();
        this.tape = begin.tape().orElseGet(() -> Tape.begin(Instant.ofEpochMilli(cells.from()), trials()));
    }

    private Counted stable(Slo slo) {
        for (Reading reading : look.stable()) {
            if (reading.slo().equals(slo)) {
                return Counted.in(reading, cells, window.since(look.stableScrapedSince()));
            }
        }
        return Counted.nothing(cells);
    }

    /** Takes the cells before that one. */
    Course upTo(int end) {
        for (; cell < end; cell++) {
            Map<String, Scrape> scrapes = new HashMap<>();
            weighed.forEach(one -> scrapes.put(one.name(), one.weigh(cells, cell)));
            untaped.add(scrapes);
            if (weighed.stream().noneMatch(one -> one.trial().doubted())) {
                healthy = healthy.plus(spans.healthy(cells.begin(cell), cells.begin(cell + 1)));
            }
        }
        return this;
    }

    /** Takes all cells that are left. */
    Course end() {
        return upTo(cells.count());
    }

    /** Everything that was seen up to here, but for the {@link #tape}, which only a verdict or somebody else asks for. */
    WatchState state() {
        Window taken = window.upTo(cells.begin(cell));
        return new WatchState(
                begin.startedAt(),
                Instant.ofEpochMilli(taken.upTo()),
                levels(taken),
                trials(),
                begin.firstRequest().or(() -> firstRise(taken)),
                healthy,
                begin.blindSince(),
                begin.tape(),
                begin.progress());
    }

    /** What the trials were given up to here. */
    Optional<Tape> tape() {
        for (Map<String, Scrape> scrapes : untaped) {
            tape = tape.plus(scrapes);
        }
        untaped.clear();
        return Optional.of(tape);
    }

    private Map<String, WatchState.Counts> levels(Window taken) {
        Map<String, WatchState.Counts> levels = new HashMap<>(begin.counts());
        for (Reading reading : look.readings()) {
            if (reading.slo() instanceof Slo.Gauge gauge) {
                levels.put(gauge.name(), new Levels(gauge, reading.all()).counts(begin, taken));
            }
        }
        return levels;
    }

    private Map<String, Trial> trials() {
        Map<String, Trial> trials = new HashMap<>();
        weighed.forEach(one -> trials.put(one.name(), one.trial()));
        return trials;
    }

    private Optional<Instant> firstRise(Window taken) {
        return look.readings().stream()
                .filter(reading -> !(reading.slo() instanceof Slo.Gauge))
                .flatMap(reading -> new Counters(reading.all(), taken).firstRise().stream())
                .findFirst();
    }
}
