package dev.slipway.model.analysis.sequential;

import dev.slipway.model.Gate;
import dev.slipway.model.Ramp;
import dev.slipway.model.ReleasePlan;
import dev.slipway.model.Risk;
import dev.slipway.model.Rollout;
import dev.slipway.model.Slo;
import dev.slipway.model.StagePlan;
import java.util.List;
import java.util.stream.Stream;

/**
 * The risk of a release in even parts. Alpha is shared by all SLOs of all ramps and soaks, because any of them may raise the
 * false alarm. Beta is shared by the ramps, because each of them may wrongly let more traffic in, but not by the SLOs: a ramp
 * passes only when all of them do, so the one that is broken has to be missed. A soak passes on earned time and spends no
 * beta.
 *
 * @param slos ratio and latency SLOs of a watch, at least 1
 * @param ramps of the release, 0 or more
 * @param soaks of the release, 0 or more
 */
public record RiskSplit(Risk release, int slos, int ramps, int soaks) {
    /**
     * @throws IllegalArgumentException when there is nothing to split over
     */
    public RiskSplit {
        if (slos < 1 || ramps < 0 || soaks < 0 || ramps + soaks < 1) {
            throw new IllegalArgumentException(
                    "nothing to judge in " + slos + " SLOs, " + ramps + " ramps and " + soaks + " soaks");
        }
    }

    /**
     * Of a whole plan. The watches over waits (an approval between ramps, a promotion) together have the part of one more soak.
     */
    public static RiskSplit of(ReleasePlan plan) {
        List<Ramp> ramps = plan.stages().stream().flatMap(RiskSplit::ramps).toList();
        List<Gate.Soak> soaks = plan.stages().stream().flatMap(RiskSplit::soaks).toList();
        long slos = Stream.concat(
                        ramps.stream().map(ramp -> ramp.analyze().slos()),
                        soaks.stream().map(Gate.Soak::slos))
                .mapToLong(watched -> watched.stream()
                        .filter(slo -> !(slo instanceof Slo.Gauge))
                        .count())
                .max()
                .orElse(1);
        return new RiskSplit(plan.risk(), (int) Math.max(1, slos), ramps.size(), soaks.size() + 1);
    }

    private static Stream<Ramp> ramps(StagePlan stage) {
        return stage.rollout() instanceof Rollout.Canary canary ? canary.ramps().stream() : Stream.empty();
    }

    private static Stream<Gate.Soak> soaks(StagePlan stage) {
        return stage.after().stream().filter(Gate.Soak.class::isInstance).map(Gate.Soak.class::cast);
    }

    /** Of one SLO in one ramp. */
    public Risk ofRamp() {
        return new Risk(alpha(), release.beta() / Math.max(1, ramps));
    }

    /** Of one SLO in one soak; its beta is not used. */
    public Risk ofSoak() {
        return new Risk(alpha(), release.beta());
    }

    private double alpha() {
        return release.alpha() / slos / (ramps + soaks);
    }
}
