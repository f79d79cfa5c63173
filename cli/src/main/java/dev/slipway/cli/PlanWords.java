package dev.slipway.cli;

import dev.slipway.model.Analysis;
import dev.slipway.model.Gate;
import dev.slipway.model.Ramp;
import dev.slipway.model.Rollout;
import dev.slipway.model.Slo;
import java.util.ArrayList;
import java.util.List;

/** The steps of a stage in words, in the order in which they happen, with what exactly rejects at each. */
final class PlanWords {
    private final List<Step> steps = new ArrayList<>();
    private final String helmRelease;
    private final String startUp;

    private PlanWords(String helmRelease, String startUp) {
        this.helmRelease = helmRelease;
        this.startUp = startUp;
    }

    /**
     * One step.
     *
     * @param rejects what makes it fail or hold, a sentence each
     */
    record Step(String name, String does, List<String> rejects) {}

    /**
     * @param startUp how long pods may take to become ready, in words
     */
    static List<Step> of(List<Gate> before, Rollout rollout, List<Gate> after, String helmRelease, String startUp) {
        PlanWords words = new PlanWords(helmRelease, startUp);
        words.add(
                "render",
                "chart and values are rendered, nothing is touched",
                "the chart breaks the chart contract, or does not render");
        before.forEach(words::gate);
        words.rollout(rollout);
        after.forEach(words::gate);
        return List.copyOf(words.steps);
    }

    private void add(String name, String does, String... rejects) {
        steps.add(new Step(name, does, List.of(rejects)));
    }

    private void rollout(Rollout rollout) {
        rollout.accept(new Rollout.Cases<Void>() {
            @Override
            public Void rolling(Rollout.Rolling rolling) {
                add("rolling", "Helm upgrades " + helmRelease + " in place", notReady());
                return null;
            }

            @Override
            public Void canary(Rollout.Canary canary) {
                beside(canary);
                return null;
            }
        });
    }

    private void beside(Rollout.Canary canary) {
        add(
                "canary",
                "Helm installs " + helmRelease + "-canary, sized for " + canary.highest()
                        + " of the traffic; it gets none yet",
                notReady());
        canary.beforeTraffic().forEach(this::gate);
        for (Ramp ramp : canary.ramps()) {
            ramp.approve().ifPresent(this::gate);
            ramp(ramp);
        }
        add(
                "promote",
                helmRelease + " is upgraded while the weights stay, then gets all traffic; the canary drains for "
                        + Spans.exact(canary.drain()) + " and is uninstalled",
                notReady());
    }

    private String notReady() {
        return "a pod cannot start, or not all are ready within " + startUp;
    }

    private void ramp(Ramp ramp) {
        Analysis analysis = ramp.analyze();
        List<String> rejects = new ArrayList<>();
        analysis.slos().forEach(slo -> rejects.add(breach(slo)));
        rejects.add("undecided after " + Spans.exact(analysis.atMost()) + ": holds, then traffic is taken off");
        steps.add(new Step(
                "ramp " + ramp.to(),
                ramp.to() + " of the traffic to the canary, judged for at least " + Spans.exact(analysis.atLeast())
                        + " after " + Spans.exact(analysis.warmUp()) + " of warm-up, with at least "
                        + requests(analysis.minRequests()),
                rejects));
    }

    private void gate(Gate gate) {
        steps.add(gate.accept(new Gate.Cases<Step>() {
            @Override
            public Step require(Gate.Require g) {
                String whose = g.group().map(group -> " by " + group).orElse("");
                String age = g.maxAge()
                        .map(most -> ", at most " + Spans.exact(most) + " old")
                        .orElse("");
                return new Step(
                        g.name(),
                        "evidence was handed in" + whose + age + ": " + String.join(", ", g.evidence()),
                        List.of(
                                "one of it says that the version failed",
                                "one of it is not there within " + Spans.exact(g.within())));
            }

            @Override
            public Step approve(Gate.Approve g) {
                return new Step(
                        g.name(),
                        g.votes() + (g.votes() == 1 ? " person" : " people") + " of " + g.group()
                                + " must approve; who requested the release does not count",
                        List.of("one of them rejects", "nobody decides within " + Spans.exact(g.within())));
            }

            @Override
            public Step soak(Gate.Soak g) {
                List<String> rejects = new ArrayList<>();
                g.slos().forEach(slo -> rejects.add(breach(slo)));
                rejects.add("not proven after " + Spans.exact(g.atMost()) + ": holds and pages");
                String least = g.minRequests() == 0 ? "" : ", with at least " + requests(g.minRequests());
                return new Step(
                        g.name(),
                        "the new version is seen healthy for " + Spans.exact(g.healthyFor()) + least + load(g),
                        rejects);
            }

            @Override
            public Step httpCheck(Gate.HttpCheck g) {
                String contains =
                        g.contains().map(c -> " and contains '" + c + "'").orElse("");
                return new Step(
                        g.name(),
                        g.method() + " " + g.path() + " of the new version answers " + g.expectStatus() + contains,
                        List.of("no such answer within " + Spans.exact(g.within())));
            }
        }));
    }

    private static String load(Gate.Soak soak) {
        return soak.load()
                .map(load -> ", under the load of Jobs of CronJob " + load.job())
                .orElse("");
    }

    private static String requests(long n) {
        return n == 1 ? "1 request" : n + " requests";
    }

    private static String breach(Slo slo) {
        if (slo instanceof Slo.Ratio r) {
            return r.name() + ": more than " + rest(r.objective().percent()) + " of " + r.total() + " are " + r.bad();
        }
        if (slo instanceof Slo.Latency l) {
            return l.name() + ": more than " + rest(l.objective().percent()) + " of " + l.histogram()
                    + " take longer than " + number(l.below()) + "s";
        }
        Slo.Gauge g = (Slo.Gauge) slo;
        String side = g.direction() == Slo.Direction.BELOW ? " above " : " below ";
        String hold = g.onBreach() == Slo.OnBreach.HOLD ? " (holds: that is capacity, not a bad version)" : "";
        return g.name() + ": " + g.gauge() + side + number(g.limit()) + hold;
    }

    private static String rest(java.math.BigDecimal objective) {
        return java.math.BigDecimal.valueOf(100)
                        .subtract(objective)
                        .stripTrailingZeros()
                        .toPlainString() + "%";
    }

    private static String number(double value) {
        return new java.math.BigDecimal(String.valueOf(value))
                .stripTrailingZeros()
                .toPlainString();
    }
}
