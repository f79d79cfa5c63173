package dev.slipway.worker;

import dev.slipway.activities.Drain;
import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.Purpose;
import dev.slipway.workflows.api.BoundsOrder;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Watch;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.time.Instant;
import java.util.Optional;

/** Hands over when its worker drains, as the real one does; passes otherwise. */
final class DrainedWatch implements Watch {
    private final Drain drain;

    DrainedWatch(Drain drain) {
        this.drain = drain;
    }

    @Override
    public WatchResult watch(WatchOrder order, Optional<WatchState> from) {
        if (order.purpose() == Purpose.SAFETY) {
            throw FailureType.INVALID_INPUT.failure("no safety watch here");
        }
        return drain.requested()
                ? new WatchResult.HandedOver(WatchState.begin(Instant.EPOCH))
                : new WatchResult.Decided(Verdict.passed(), false);
    }

    @Override
    public Verdict bounds(BoundsOrder order) {
        return Verdict.passed();
    }
}
