package dev.slipway.workflows.stage;

import dev.slipway.model.Exposure;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The watch over every moment in which the new version has traffic and no step of the plan is looking: a pause, a hold, an
 * approval between ramps, a promotion. It can only stop the stage, never let it go on.
 */
final class Safety {
    /** Longer than any wait between two hand-overs of a watch, so that it never ends with a pass. */
    static final Duration ENDLESS = Duration.ofDays(365);

    private final Site site;
    private final Ports ports;
    private final Stop stop;
    private @Nullable WatchOrder last;

    Safety(Site site, Ports ports, Stop stop) {
        this.site = site;
        this.ports = ports;
        this.stop = stop;
    }

    /** What a step of the plan watches is what is watched over until the next one. */
    void follows(WatchOrder order) {
        last = order;
    }

    /** Watches while the body runs, if the new version has traffic. */
    <T> T during(Supplier<T> body) {
        return during(site.footprint(), body);
    }

    /** As {@link #during(Supplier)}, while the body itself changes what is there; only this must stay. */
    <T> T during(Footprint untouched, Supplier<T> body) {
        WatchOrder order = last;
        if (order == null || site.exposure() == Exposure.NONE) {
            return body.get();
        }
        CancellationScope watching =
                Workflow.newCancellationScope(() -> Async.procedure(() -> watch(endless(order, untouched))));
        watching.run();
        try {
            return body.get();
        } finally {
            watching.cancel();
        }
    }

    void during(Runnable body) {
        this.<Boolean>during(() -> {
            body.run();
            return true;
        });
    }

    private void watch(WatchOrder order) {
        Optional<WatchState> from = Optional.empty();
        while (!CancellationScope.current().isCancelRequested() && stop.cause().isEmpty()) {
            try {
                WatchResult result = ports.watch("safety watch").watch(order, from);
                from = next(result);
            } catch (TemporalFailure failure) {
                if (!CancellationScope.current().isCancelRequested()) {
                    Workflow.getLogger(Safety.class).warn("the safety watch ends: {}", Failures.sentence(failure));
                }
                return;
            }
        }
    }

    private Optional<WatchState> next(WatchResult result) {
        if (result instanceof WatchResult.Decided decided && decided.verdict() instanceof Verdict.Failed failed) {
            stop.request(new StopCause.Failure("safety watch: " + failed.reason()));
        }
        if (result instanceof WatchResult.Interfered interfered) {
            stop.request(new StopCause.Interfered(interfered.what()));
        }
        if (result instanceof WatchResult.Blind blind) {
            return Optional.of(blind.state().seeing());
        }
        return result instanceof WatchResult.HandedOver over ? Optional.of(over.state()) : Optional.empty();
    }

    private static WatchOrder endless(WatchOrder order, Footprint untouched) {
        return new WatchOrder(
                order.track(),
                order.slos(),
                order.warmUp(),
                ENDLESS,
                order.earned(),
                ENDLESS.multipliedBy(2),
                order.minRequests(),
                order.blindBudget(),
                order.trip(),
                untouched);
    }
}
