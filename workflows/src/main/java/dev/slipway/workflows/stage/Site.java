package dev.slipway.workflows.stage;

import dev.slipway.model.Backend;
import dev.slipway.model.Environment;
import dev.slipway.model.Exposure;
import dev.slipway.model.Gate;
import dev.slipway.model.LoadPlan;
import dev.slipway.model.Measured;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleasePlan;
import dev.slipway.model.Resource;
import dev.slipway.model.StagePlan;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.Approvals;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.RenderReport;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.StageOrder;
import dev.slipway.workflows.undo.Stamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a stage acts: the names of its two sides and its route, and how exposed the new version is there now. */
final class Site implements Place {
    private final StageOrder order;
    private final HelmTarget stable;
    private @Nullable RenderReport rendered;
    private final Map<HelmTarget, Footprint.Release> revisions = new LinkedHashMap<>();
    private Optional<Footprint.Route> routed = Optional.empty();
    private Exposure exposure = Exposure.NONE;
    private Approvals approvals = Approvals.NONE;

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

    /** How long this release's deployments took in the stages before. */
    List<Measured> measured() {
        return order.measured();
    }

    StagePlan stage() {
        return order.stage();
    }

    @Override
    public ReleaseId id() {
        return release().release();
    }

    @Override
    public Environment environment() {
        return order.stage().environment();
    }

    @Override
    public HelmTarget stable() {
        return stable;
    }

    @Override
    public boolean undoHooks() {
        return plan().undoHooks();
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
    @Override
    public RouteTarget route() {
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
                environment().historyMax(),
                approvals);
    }

    /** What people have said by now goes with every deployment from here on. */
    void approved(Approvals now) {
        approvals = now;
    }

    /** The CronJobs that the stage's soaks name, each once. */
    List<String> loads() {
        return stage().after().stream()
                .filter(Gate.Soak.class::isInstance)
                .flatMap(gate -> ((Gate.Soak) gate).load().stream())
                .map(LoadPlan::job)
                .distinct()
                .toList();
    }

    /** Whether there is a route whose weights are ours. */
    boolean routed() {
        return plan().traffic().isPresent()
                && backend(false).isPresent()
                && backend(true).isPresent();
    }

    /** The slot as it is written down in the cluster. */
    Claim claim(Stamp stamp, Map<Resource, PriorState> ledger, long epoch) {
        return new Claim(
                stamp, environment(), stable, routed() ? Optional.of(route()) : Optional.empty(), ledger, epoch);
    }

    /** A Helm release is ours at this revision. */
    void left(HelmTarget target, int revision) {
        revisions.put(target, new Footprint.Release(target, revision));
    }

    /** Whether it is known at which revision a Helm release must be. */
    boolean isAccountedFor(HelmTarget target) {
        return revisions.containsKey(target);
    }

    /** Our canary stands beside this revision, whoever made it. */
    void beside(HelmTarget target, int revision) {
        revisions.put(target, new Footprint.Release(target, revision, false));
    }

    /** A Helm release is gone, by our own hand. */
    void removed(HelmTarget target) {
        revisions.remove(target);
    }

    @Override
    public Footprint takeBack(HelmTarget release) {
        Footprint.Release left = revisions.remove(release);
        return left == null || !left.ours() ? Footprint.NONE : new Footprint(List.of(left), Optional.empty());
    }

    /** The route is as we wrote it. */
    void left(RouteState route, long epoch) {
        routed = Optional.of(new Footprint.Route(route(), route.backends(), epoch));
    }

    /** What we expect to find again. */
    Footprint footprint() {
        return new Footprint(List.copyOf(revisions.values()), routed);
    }

    Exposure exposure() {
        return exposure;
    }

    void exposed(Exposure now) {
        exposure = now;
    }
}
