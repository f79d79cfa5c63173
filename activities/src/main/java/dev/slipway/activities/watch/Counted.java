package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.model.analysis.sequential.Events;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The events of one side under one SLO, cell by cell. */
final class Counted {
    private final double[] bad;
    private final double[] total;

    private Counted(int cells) {
        bad = new double[cells];
        total = new double[cells];
    }

    /** Nothing in any cell: there is nobody to compare with. */
    static Counted nothing(Cells cells) {
        return new Counted(cells.count());
    }

    static Counted in(Reading reading, Cells cells, Window window) {
        Counted counted = nothing(cells);
        Predicate<Sample> told = told(reading);
        new Counters(reading.all(), window)
                .rises()
                .filter(told)
                .forEach(rise -> counted.total[cells.of(rise.at())] += rise.value());
        new Counters(reading.part(), window).rises().forEach(rise -> counted.bad[cells.of(rise.at())] += rise.value());
        if (reading.slo() instanceof Slo.Latency) {
            counted.theOthersAreBad();
        }
        return counted;
    }

    /** A scrape of a histogram that lacks the bucket tells nothing: what is not known to be good is not bad therefore. */
    private static Predicate<Sample> told(Reading reading) {
        if (!(reading.slo() instanceof Slo.Latency)) {
            return rise -> true;
        }
        Set<Instant> scrapes = reading.part().stream()
                .flatMap(series -> series.samples().stream())
                .filter(sample -> Double.isFinite(sample.value()))
                .map(Sample::at)
                .collect(Collectors.toSet());
        return rise -> scrapes.contains(rise.at());
    }

    /** A latency's part are the good ones. */
    private void theOthersAreBad() {
        for (int cell = 0; cell < bad.length; cell++) {
            bad[cell] = Math.max(0, total[cell] - bad[cell]);
        }
    }

    Events of(int cell) {
        return Events.counted(bad[cell], total[cell]);
    }
}
