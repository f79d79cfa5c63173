package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import dev.slipway.model.Exposure;
import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;
import dev.slipway.model.Rollout;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.model.traffic.PromoteStep;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Claimed;
import dev.slipway.workflows.api.Deployed;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.ReadinessOrder;
import dev.slipway.workflows.api.RenderOrder;
import dev.slipway.workflows.api.RenderReport;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The steps that change something. Each opens the ledger before it acts. */
final class Actions {
    private final Site site;
    private final Ports ports;
    private final UndoLedger ledger;
    private final Board board;
    private final Stop stop;
    private boolean claimed;

    Actions(Site site, Ports ports, UndoLedger ledger, Board board, Stop stop) {
        this.site = site;
        this.ports = ports;
        this.ledger = ledger;
        this.board = board;
        this.stop = stop;
    }

    /** Renders and checks the chart contract; touches nothing. */
    Verdict prepare() {
        Optional<Weight> canaryFor = site.stage().rollout().accept(new Rollout.Cases<Optional<Weight>>() {
            @Override
            public Optional<Weight> rolling(Rollout.Rolling rollout) {
                return Optional.empty();
            }

            @Override
            public Optional<Weight> canary(Rollout.Canary rollout) {
                return Optional.of(rollout.highest());
            }
        });
        RenderReport report = ports.helm("helm template")
                .render(new RenderOrder(
                        site.stable(),
                        canaryFor,
                        site.release().bundle(),
                        site.stage().valuesFiles(),
                        site.release().image(),
                        site.loads()));
        site.rendered(report);
        return report.verdict() instanceof Verdict.Passed passed ? claimed(passed) : report.verdict();
    }

    /** Takes the slot in the cluster; what a stage that is gone has left there is not built upon. */
    private Verdict claimed(Verdict.Passed rendered) {
        Claimed answer = ports.fence("claim the slot").claim(site.claim(ledger.stamp(), Map.of(), 0));
        if (answer instanceof Claimed.Taken taken) {
            Claim by = taken.by();
            return Verdict.failed("what " + by.stamp().release() + " attempt "
                    + by.stamp().attempt() + " has left in "
                    + site.environment().name()
                    + " was never put back (its stage, run " + by.stamp().stageRun()
                    + ", is gone); next: slipway recover "
                    + by.stamp().release().service() + " --environment "
                    + site.environment().name() + "; runbook: " + Alert.SlipwayOrphan.runbook());
        }
        claimed = true;
        ledger.above(((Claimed.Ours) answer).epoch());
        return rendered;
    }

    /** The second copy of the ledger, written before each first touch. */
    void write(Map<Resource, PriorState> priors, long epoch) {
        Claimed answer = ports.fence("write down what was there").claim(site.claim(ledger.stamp(), priors, epoch));
        if (answer instanceof Claimed.Taken taken) {
            throw FailureType.INTERFERED.failure(
                    "the slot was taken over by " + taken.by().stamp().release() + " (run "
                            + taken.by().stamp().stageRun() + ")");
        }
    }

    /** Gives the slot free, when it was taken. */
    void release() {
        if (claimed) {
            ports.fence("give the slot free").release(ledger.stamp(), site.stable());
        }
    }

    /** Whether there is nothing yet that users are on. */
    boolean firstEver() {
        return observe(site.stable()) instanceof PriorState.Absent;
    }

    Verdict rolling(StageStep step) {
        Permit permit = ledger.open(Resource.STABLE, () -> observe(site.stable()));
        site.exposed(Exposure.ALL);
        return deployed(step, permit, site.stable(), Optional.empty());
    }

    Verdict canaryUp(StageStep step, Weight highest) {
        standBeside(site.stable());
        Permit permit = ledger.open(Resource.CANARY, () -> observe(site.canary()));
        Verdict ready = deployed(step, permit, site.canary(), Optional.of(highest));
        if (ready instanceof Verdict.Passed) {
            shift(Weight.NONE);
        }
        return ready;
    }

    /** From the first touch on, stable must stay what it is now: the canary is judged beside it. */
    private void standBeside(HelmTarget stable) {
        if (!site.isAccountedFor(stable) && observe(stable) instanceof PriorState.HelmRevision now) {
            site.beside(stable, now.revision());
        }
    }

    /**
     * Raises the share of a canary that is ready.
     *
     * @return the epoch of the write, for the watcher's trip; or why the canary may get no traffic
     */
    Shifted raise(Weight to) {
        Verdict alone = alone();
        if (!(alone instanceof Verdict.Passed)) {
            return new Shifted(0, alone);
        }
        if (!ports.pods("ready sides").sides(site.stable()).canary()) {
            return new Shifted(0, Verdict.failed("the canary is not ready, so it gets no traffic"));
        }
        site.exposed(Exposure.SOME);
        return new Shifted(shift(to), Verdict.passed());
    }

    /** What became of a rise. */
    record Shifted(long epoch, Verdict verdict) {}

    /** Takes the traffic off the canary and keeps it. */
    void retreat() {
        shift(Weight.NONE);
        site.exposed(Exposure.NONE);
    }

    /** Stable gets the new version, then all traffic; the canary goes. */
    Verdict promote(StageStep step, Duration drain) {
        Verdict alone = alone();
        if (!(alone instanceof Verdict.Passed)) {
            return alone;
        }
        boolean upgraded = false;
        boolean routed = true;
        boolean canaryThere = true;
        while (true) {
            boolean stableReady = !upgraded
                    || !routed
                    || ports.pods("ready sides").sides(site.stable()).stable();
            switch (PromoteStep.next(upgraded, stableReady, routed, canaryThere)) {
                case UPGRADE_STABLE -> {
                    Permit permit = ledger.open(Resource.STABLE, () -> observe(site.stable()));
                    Verdict ready = deployed(step, permit, site.stable(), Optional.empty());
                    if (!(ready instanceof Verdict.Passed)) {
                        return ready;
                    }
                    upgraded = true;
                }
                case TRAFFIC_TO_STABLE -> {
                    board.say(step, "all traffic to stable");
                    RouteTarget route = site.route();
                    Permit permit = ledger.again(Resource.ROUTE);
                    RouteState now = ports.route("all traffic to stable, canary's backend removed")
                            .detach(permit, route);
                    site.left(now, permit.epoch());
                    board.weights(Weight.NONE, now.percentOf(route.canary().service()));
                    site.exposed(Exposure.ALL);
                    routed = false;
                }
                case REMOVE_CANARY -> {
                    removeCanary(step, drain);
                    canaryThere = false;
                }
                case FAIL -> {
                    return Verdict.failed("stable runs the new version but has no ready endpoint");
                }
                case DONE -> {
                    return Verdict.passed();
                }
            }
        }
    }

    /** Nobody else has changed what we left; otherwise the stage is stopped. */
    private Verdict alone() {
        Optional<String> changed = ports.guard("is all as we left it").compare(site.footprint());
        changed.ifPresent(what -> stop.request(new StopCause.Interfered(what)));
        return changed.map(Verdict::inconclusive).orElseGet(Verdict::passed);
    }

    private void removeCanary(StageStep step, Duration drain) {
        board.say(step, "the canary drains for " + drain);
        Workflow.newTimer(
                        drain,
                        TimerOptions.newBuilder().setSummary("canary drains").build())
                .get();
        Permit permit = ledger.again(Resource.CANARY);
        site.removed(site.canary());
        ports.helm("helm uninstall " + site.canary().release()).uninstall(permit, site.canary());
    }

    private Verdict deployed(StageStep step, Permit permit, HelmTarget target, Optional<Weight> canaryFor) {
        board.say(step, "helm upgrade " + target.release());
        Deployed deployed = ports.helm("helm upgrade " + target.release() + " to "
                        + site.release().release().version())
                .apply(permit, site.deploy(target, canaryFor));
        site.left(target, deployed.revision());
        board.say(step, target.release() + " revision " + deployed.revision() + " becomes ready");
        return ports.pods("wait until " + target.release() + " is ready")
                .awaitReady(new ReadinessOrder(
                        target, deployed.revision(), site.environment().startUpLimit()));
    }

    private long shift(Weight to) {
        RouteTarget route = site.route();
        Permit permit = ledger.open(Resource.ROUTE, () -> {
            RouteState seen = ports.route("look at the route").observe(route);
            return new PriorState.RouteBackends(seen.backends(), seen.epoch());
        });
        RouteState now = ports.route(to + " to the canary").shift(permit, route, to);
        site.left(now, permit.epoch());
        board.weights(to, now.percentOf(route.canary().service()));
        return permit.epoch();
    }

    /** What is there, whoever made it; while somebody is at work on a release it is waited for. */
    private PriorState observe(HelmTarget target) {
        return ports.helm("look at " + target.release()).observe(target).prior();
    }
}
