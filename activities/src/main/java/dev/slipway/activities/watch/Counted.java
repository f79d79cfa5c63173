package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.model.analysis.sequential.Events;

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
        new Counters(reading.all(), window).rises().forEach(rise -> counted.total[cells.of(rise.at())] += rise.value());
        new Counters(reading.part(), window).rises().forEach(rise -> counted.bad[cells.of(rise.at())] += rise.value());
        if (reading.slo() instanceof Slo.Latency) {
            counted.theOthersAreBad();
        }
        return counted;
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
