package dev.slipway.workflows.stage;

import dev.slipway.model.Backend;
import dev.slipway.model.Environment;
import dev.slipway.model.Exposure;
import dev.slipway.model.ReleasePlan;
import dev.slipway.model.StagePlan;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.RenderReport;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.StageOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a stage acts: the names of its two sides and its route, and how exposed the new version is there now. */
final class Site {
    private final StageOrder order;
    private final HelmTarget stable;
    private @Nullable RenderReport rendered;
    private Exposure exposure = Exposure.NONE;

    Site(StageOrder order) {
        this.order = order;
        this.stable = new HelmTarget(environment().name(), environment().namespace(), plan().helmRelease());
    }

    ReleaseOrder release() {
        return order.release();
    }

    ReleasePlan plan() {
        return order.release().plan();
    }

    StagePlan stage() {
        return order.stage();
    }

    Environment environment() {
        return order.stage().environment();
    }

    HelmTarget stable() {
        return stable;
    }

    HelmTarget canary() {
        return stable.canary();
    }

    void rendered(RenderReport report) {
        rendered = report;
    }

    /** The Service of one side, when the chart renders one. */
    Optional<Backend> backend(boolean ofCanary) {
        RenderReport report = rendered;
        if (report == null) {
            return Optional.empty();
        }
        return ofCanary ? report.canary() : report.stable();
    }

    /**
     * The route with both backends.
     *
     * @throws IllegalStateException before the preparation, or when the plan has no route
     */
    RouteTarget route() {
        return new RouteTarget(
                environment().name(),
                environment().namespace(),
                plan().traffic()
                        .orElseThrow(() -> new IllegalStateException("a canary without a route"))
                        .route(),
                backend(false).orElseThrow(() -> new IllegalStateException("stable has no Service")),
                backend(true).orElseThrow(() -> new IllegalStateException("the canary has no Service")));
    }

    DeployOrder deploy(HelmTarget target, Optional<Weight> canaryFor) {
        return new DeployOrder(
                target,
                release().bundle(),
                stage().valuesFiles(),
                release().image(),
                canaryFor,
                environment().startUpLimit(),
                environment().historyMax());
    }

    Exposure exposure() {
        return exposure;
    }

    void exposed(Exposure now) {
        exposure = now;
    }
}
