package dev.slipway.workflows.stage;

import dev.slipway.model.Against;
import dev.slipway.model.Alert;
import dev.slipway.model.Analysis;
import dev.slipway.model.Backend;
import dev.slipway.model.Exposure;
import dev.slipway.model.Gate;
import dev.slipway.model.Phase;
import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.Purpose;
import dev.slipway.model.analysis.sequential.RiskSplit;
import dev.slipway.workflows.api.CheckOrder;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The steps that change nothing and return a verdict. */
final class Gates {
    private final Site site;
    private final Ports ports;
    private final People people;
    private final Board board;
    private final Pages pages;
    private final Safety safety;
    private final Loads loads;
    private final Stop stop;
    private final Proposal proposal;
    private final Requirements requirements;

    Gates(
            Site site,
            Ports ports,
            People people,
            Board board,
            Pages pages,
            Safety safety,
            Loads loads,
            Stop stop,
            Proposal proposal,
            Requirements requirements) {
        this.site = site;
        this.ports = ports;
        this.people = people;
        this.board = board;
        this.pages = pages;
        this.safety = safety;
        this.loads = loads;
        this.stop = stop;
        this.proposal = proposal;
        this.requirements = requirements;
    }

    /** What a gate says, and whether it has been blind for longer than the environment allows. */
    record Judged(Verdict verdict, boolean blindBudgetSpent) {
        static Judged of(Verdict verdict) {
            return new Judged(verdict, false);
        }
    }

    Judged ask(StageStep.Ask step) {
        return step.gate().accept(new Gate.Cases<Judged>() {
            @Override
            public Judged require(Gate.Require gate) {
                return safety.during(() -> Judged.of(requirements.require(step, gate)));
            }

            @Override
            public Judged approve(Gate.Approve gate) {
                Judged judged = safety.during(() -> Judged.of(people.approve(step, gate, proposal.look())));
                site.approved(people.approvals());
                return judged;
            }

            @Override
            public Judged soak(Gate.Soak gate) {
                WatchOrder order = soakOrder(gate, step.ofCanary());
                return loads.during(step, gate.load(), () -> watch(step, gate.name(), order));
            }

            @Override
            public Judged httpCheck(Gate.HttpCheck gate) {
                return safety.during(() -> Judged.of(check(gate, step.ofCanary())));
            }
        });
    }

    /** Judges a ramp; the watcher of this epoch may take the traffic off by itself. */
    Judged analyze(StageStep.RampUp step, long epoch) {
        Analysis analysis = step.ramp().analyze();
        return watch(
                step,
                "analysis of " + step.name(),
                new WatchOrder(
                        site.canary(),
                        analysis.against() == Against.STABLE ? Optional.of(site.stable()) : Optional.empty(),
                        Purpose.RAMP,
                        analysis.slos(),
                        analysis.rule(),
                        RiskSplit.of(site.plan()).ofRamp(),
                        analysis.warmUp(),
                        analysis.atLeast(),
                        analysis.atMost(),
                        analysis.minRequests(),
                        site.environment().blindBudget(),
                        Optional.of(new WatchOrder.Trip(site.route(), epoch)),
                        site.footprint()));
    }

    private WatchOrder soakOrder(Gate.Soak gate, boolean ofCanary) {
        return new WatchOrder(
                side(ofCanary),
                Optional.empty(),
                Purpose.SOAK,
                gate.slos(),
                gate.rule(),
                RiskSplit.of(site.plan()).ofSoak(),
                Duration.ZERO,
                gate.healthyFor(),
                gate.atMost(),
                gate.minRequests(),
                site.environment().blindBudget(),
                Optional.empty(),
                site.footprint());
    }

    private Verdict check(Gate.HttpCheck gate, boolean ofCanary) {
        Optional<Backend> backend = site.backend(ofCanary);
        if (backend.isEmpty()) {
            return Verdict.failed(
                    "the chart renders no Service, so there is nothing that check " + gate.name() + " could ask");
        }
        return ports.check(gate.method() + " " + gate.path(), gate.within())
                .http(new CheckOrder(side(ofCanary), backend.get(), gate));
    }

    /** Goes on where another worker stopped; while nobody is on a canary, blindness holds and looks again. */
    private Judged watch(StageStep step, String summary, WatchOrder order) {
        safety.follows(order);
        Headway headway = Headway.begin(site.id(), step.name(), order, now());
        Optional<WatchState> from = Optional.empty();
        while (true) {
            board.watched(headway);
            WatchResult result = ports.watch(summary, order).watch(order, from);
            if (result instanceof WatchResult.Interfered interfered) {
                stop.request(new StopCause.Interfered(interfered.what()));
                return Judged.of(Verdict.inconclusive(interfered.what()));
            }
            if (result instanceof WatchResult.Decided decided) {
                pages.close(Alert.SlipwayBlind, summary + " sees again");
                return Judged.of(decided.verdict());
            }
            if (result instanceof WatchResult.HandedOver handedOver) {
                headway = headway.at(handedOver.state());
                from = Optional.of(handedOver.state());
            }
            if (result instanceof WatchResult.Blind blind) {
                if (site.exposure() == Exposure.SOME) {
                    return new Judged(Verdict.inconclusive(blind.reason()), true);
                }
                headway = headway.at(blind.state());
                board.phase(Phase.HOLDING, "metrics", blind.reason());
                pages.open(Alert.SlipwayBlind, summary + ": " + blind.reason());
                from = Optional.of(blind.state().seeing());
            }
        }
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    private HelmTarget side(boolean ofCanary) {
        return ofCanary ? site.canary() : site.stable();
    }
}
