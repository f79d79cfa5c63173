package dev.slipway.activities.watch;

import dev.slipway.model.analysis.sequential.Scrape;
import dev.slipway.model.analysis.sequential.Trial;

/** The trial of one SLO on its way through the cells of a look. */
final class Weighed {
    private final String name;
    private final Counted canary;
    private final Counted stable;
    private Trial trial;

    Weighed(String name, Trial trial, Counted canary, Counted stable) {
        this.name = name;
        this.trial = trial;
        this.canary = canary;
        this.stable = stable;
    }

    String name() {
        return name;
    }

    Trial trial() {
        return trial;
    }

    /** Takes the next cell. */
    Scrape weigh(Cells cells, int cell) {
        Scrape scrape = new Scrape(cells.covers(cell), canary.of(cell), stable.of(cell));
        trial = trial.plus(scrape);
        return scrape;
    }
}
