package dev.slipway.activities.helm;

import dev.slipway.model.Evidence;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RenderOrder;
import dev.slipway.workflows.api.RenderReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that can be found wrong before anything is touched: the chart contract, and what the API server would say. */
final class Rendering {
    private final HelmClient client;
    private final HelmCluster cluster;
    private final RenderOrder order;
    private final Pulse pulse;

    Rendering(HelmClient client, HelmCluster cluster, RenderOrder order, Pulse pulse) {
        this.client = client;
        this.cluster = cluster;
        this.order = order;
        this.pulse = pulse;
    }

    RenderReport check(Chart stable, Optional<Chart> canary) {
        ChartContract.Side first = side(order.stable(), stable);
        Optional<ChartContract.Side> second =
                canary.map(chart -> side(order.stable().canary(), chart));
        RenderReport report = new ChartContract(order.image(), canary.isPresent()).check(first, second);
        if (!(report.verdict() instanceof Verdict.Passed passed)) {
            return report;
        }
        List<String> objections = new ArrayList<>(new ReleaseSize(stable.folder(), first.manifest())
                .objection().stream().toList());
        objections.addAll(cluster.objections(order.stable(), first.manifest(), pulse));
        second.ifPresent(
                side -> objections.addAll(cluster.objections(order.stable().canary(), side.manifest(), pulse)));
        if (!order.loads().isEmpty()) {
            objections.addAll(cluster.loadObjections(order.stable(), first.manifest(), order.loads(), pulse));
        }
        Verdict verdict = objections.isEmpty() ? with(passed, stable.crds()) : refused(objections);
        return new RenderReport(verdict, report.stable(), report.canary());
    }

    private ChartContract.Side side(HelmTarget target, Chart chart) {
        HelmCommand template =
                HelmCli.template(target, chart.folder(), chart.values().json());
        return new ChartContract.Side(target.release(), client.template(template, chart.values()));
    }

    private static Verdict refused(List<String> objections) {
        List<String> each = objections.stream().distinct().toList();
        List<Evidence> evidence =
                each.stream().map(o -> Evidence.of("preflight", o)).toList();
        return new Verdict.Failed("nothing was touched, because " + String.join("; ", each), evidence);
    }

    private static Verdict with(Verdict.Passed passed, List<String> crds) {
        if (crds.isEmpty()) {
            return passed;
        }
        String remark = "the chart brings CRDs (" + String.join(", ", crds)
                + "), which Slipway neither installs nor changes: they belong to the whole cluster";
        List<Evidence> evidence = new ArrayList<>(passed.evidence());
        evidence.add(Evidence.of("crds", remark));
        return new Verdict.Passed(remark, evidence);
    }
}
