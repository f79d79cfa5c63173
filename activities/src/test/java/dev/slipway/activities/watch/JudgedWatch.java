package dev.slipway.activities.watch;

import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Watch;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.util.Optional;
import java.util.function.Function;

/** A watch whose verdict is given; what follows from it, the trip before the report, is done by the real one's code. */
public final class JudgedWatch implements Watch {
    private final Function<WatchOrder, Verdict> judge;
    private final Breach breach;

    public JudgedWatch(Function<WatchOrder, Verdict> judge, TripWire wire) {
        this.judge = judge;
        this.breach = new Breach(wire);
    }

    @Override
    public WatchResult watch(WatchOrder order, Optional<WatchState> from) {
        return breach.report(order, judge.apply(order), Optional.empty());
    }
}
