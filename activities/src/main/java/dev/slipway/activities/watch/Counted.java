package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.model.analysis.sequential.Events;
import java.util.Arrays;
import java.util.function.LongPredicate;

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
        LongPredicate told = told(reading);
        new Counters(reading.all(), window).each((at, by) -> counted.total[cells.of(at)] += told.test(at) ? by : 0);
        new Counters(reading.part(), window).each((at, by) -> counted.bad[cells.of(at)] += by);
        if (reading.slo() instanceof Slo.Latency) {
            counted.theOthersAreBad();
        }
        return counted;
    }

    /** A scrape of a histogram that lacks the bucket tells nothing: what is not known to be good is not bad therefore. */
    private static LongPredicate told(Reading reading) {
        if (!(reading.slo() instanceof Slo.Latency)) {
            return at -> true;
        }
        long[] scrapes = reading.part().stream()
                .flatMapToLong(series -> series.samples().finite())
                .sorted()
                .toArray();
        return at -> Arrays.binarySearch(scrapes, at) >= 0;
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
