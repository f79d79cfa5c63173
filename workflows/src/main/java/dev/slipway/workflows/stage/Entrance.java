package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import dev.slipway.model.Evidence;
import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;
import dev.slipway.model.Rollout;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.BoundsOrder;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Claimed;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.RenderOrder;
import dev.slipway.workflows.api.RenderReport;
import dev.slipway.workflows.undo.UndoLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a stage comes into its slot and leaves it: rendered, found fit to be judged, claimed. Nothing that serves is touched. */
final class Entrance {
    private final Site site;
    private final Ports ports;
    private final UndoLedger ledger;
    private boolean claimed;

    Entrance(Site site, Ports ports, UndoLedger ledger) {
        this.site = site;
        this.ports = ports;
        this.ledger = ledger;
    }

    /** Renders, checks the chart contract and whether the SLOs can be judged, and takes the slot. */
    Verdict prepare() {
        RenderReport report = render();
        site.rendered(report);
        if (!(report.verdict() instanceof Verdict.Passed rendered)) {
            return report.verdict();
        }
        Verdict bounds = bounds();
        if (bounds instanceof Verdict.Failed) {
            return bounds;
        }
        return bounds instanceof Verdict.Inconclusive unknown
                ? claimed(rendered.with(Evidence.of("buckets", unknown.reason())))
                : claimed(rendered);
    }

    private RenderReport render() {
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
        return ports.helm("helm template")
                .render(new RenderOrder(
                        site.stable(),
                        canaryFor,
                        site.release().bundle(),
                        site.stage().valuesFiles(),
                        site.release().image(),
                        site.loads()));
    }

    /** An SLO that could never be judged is told now; what cannot be known yet, the watch tells. */
    private Verdict bounds() {
        List<Slo> latencies = site.stage().slos().stream()
                .filter(Slo.Latency.class::isInstance)
                .toList();
        return latencies.isEmpty()
                ? Verdict.passed()
                : ports.metrics("are the latency bounds buckets").bounds(new BoundsOrder(site.stable(), latencies));
    }

    /** Takes the slot in the cluster; what a stage that is gone has left there is not built upon. */
    private Verdict claimed(Verdict rendered) {
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
}
