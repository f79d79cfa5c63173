package dev.slipway.activities.watch;

import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.BoundsOrder;
import dev.slipway.workflows.api.Watch;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A watch whose verdict is given; what follows from it, the trip before the report, is done by the real one's code. */
public final class JudgedWatch implements Watch {
    private final Function<WatchOrder, Verdict> judge;
    private final Breach breach;
    private final BiConsumer<WatchOrder, WatchResult> ended;

    /**
     * @param ended told of each watch before its result is reported
     */
    public JudgedWatch(Function<WatchOrder, Verdict> judge, TripWire wire, BiConsumer<WatchOrder, WatchResult> ended) {
        this.judge = judge;
        this.breach = new Breach(wire);
        this.ended = ended;
    }

    @Override
    public WatchResult watch(WatchOrder order, Optional<WatchState> from) {
        WatchResult result = breach.report(order, judge.apply(order), Optional.empty());
        ended.accept(order, result);
        return result;
    }

    @Override
    public Verdict bounds(BoundsOrder order) {
        return Verdict.passed();
    }
}
