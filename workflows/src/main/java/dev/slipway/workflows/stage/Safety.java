package dev.slipway.workflows.stage;

import dev.slipway.model.Exposure;
import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.Purpose;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.HelmTarget;
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
    /** For so long the risk of one such watch is meant; it goes on beyond that, with half as much again for each further day. */
    static final Duration PLANNED = Duration.ofDays(1);

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
        WatchOrder order = last;
        return order == null ? body.get() : during(over(order, order.stable(), site.footprint()), body);
    }

    /** While the body replaces stable: there is nothing to compare with, and nobody can tell who changed what. */
    <T> T duringPromotion(Supplier<T> body) {
        WatchOrder order = last;
        return order == null ? body.get() : during(over(order, Optional.empty(), Footprint.NONE), body);
    }

    private <T> T during(WatchOrder order, Supplier<T> body) {
        if (site.exposure() == Exposure.NONE) {
            return body.get();
        }
        CancellationScope watching = Workflow.newCancellationScope(() -> Async.procedure(() -> watch(order)));
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
                WatchResult result = ports.watch("safety watch", order).watch(order, from);
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

    /** Judged as a soak is, which sees what begins to go wrong late. */
    private static WatchOrder over(WatchOrder order, Optional<HelmTarget> stable, Footprint untouched) {
        return new WatchOrder(
                order.track(),
                stable,
                Purpose.SAFETY,
                order.slos(),
                order.rule(),
                order.risk(),
                order.warmUp(),
                order.atLeast(),
                PLANNED,
                order.minRequests(),
                order.blindBudget(),
                order.trip(),
                untouched);
    }
}
