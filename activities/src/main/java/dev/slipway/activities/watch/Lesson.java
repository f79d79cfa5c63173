package dev.slipway.activities.watch;

import dev.slipway.model.analysis.sequential.AgainstStable;
import dev.slipway.model.analysis.sequential.Events;
import dev.slipway.model.analysis.sequential.Scrape;
import dev.slipway.model.analysis.sequential.Trial;
import dev.slipway.workflows.api.WatchState;
import java.util.HashMap;
import java.util.Map;

/** What a watch learns, before it counts anything, from the minutes in which stable was alone: how bursty it is. */
final class Lesson {
    private final Docket docket;

    Lesson(Docket docket) {
        this.docket = docket;
    }

    /** The state before anything was counted, with trials that know how bursty stable has been. */
    WatchState learnt(WatchState begin, Look before) {
        Cells cells = Cells.whole(before.at().minus(Observer.LEARNT), before.at(), before.scrapeInterval());
        Window window = Window.of(cells, cells.from(), before.stableScrapedSince());
        Map<String, Trial> after = new HashMap<>();
        for (Reading reading : before.stable()) {
            if (docket.trial(begin, reading.slo()) instanceof AgainstStable trial) {
                after.put(reading.slo().name(), learnt(trial, Counted.in(reading, cells, window), cells));
            }
        }
        return begin.knowing(after);
    }

    private static Trial learnt(AgainstStable trial, Counted stable, Cells cells) {
        AgainstStable after = trial;
        for (int cell = 0; cell < cells.count(); cell++) {
            after = after.learning(new Scrape(cells.covers(cell), Events.NONE, stable.of(cell)));
        }
        return after;
    }
}
