package dev.slipway.model;

import java.util.List;
import java.util.Optional;

/**
 * A pipeline read, checked and with all defaults written out; frozen when the release starts.
 *
 * @param semantics which interpreter reads it; see {@link #SEMANTICS}
 * @param helmRelease name of the Helm release of stable; the canary's is {@code <helmRelease>-canary}
 * @param undoHooks whether the chart's hooks run when a release is put back
 * @param risk how often its ramps and soaks together may be wrong
 * @param traffic absent when no stage shifts traffic
 */
public record ReleasePlan(
        int semantics,
        ServiceName service,
        Owner owner,
        String helmRelease,
        boolean undoHooks,
        ImagePlan image,
        Risk risk,
        Optional<TrafficPlan> traffic,
        List<StagePlan> stages) {
    /** What plans made by this build mean; raised when the meaning of a plan changes. */
    public static final int SEMANTICS = 1;

    /** A plan whose undo runs no hooks, with the usual risk. */
    public ReleasePlan(
            int semantics,
            ServiceName service,
            Owner owner,
            String helmRelease,
            ImagePlan image,
            Optional<TrafficPlan> traffic,
            List<StagePlan> stages) {
        this(semantics, service, owner, helmRelease, false, image, Risk.OF_A_RELEASE, traffic, stages);
    }

    /**
     * @throws IllegalArgumentException without a stage, or with two stages of one environment
     */
    public ReleasePlan {
        stages = List.copyOf(stages);
        risk = risk == null ? Risk.OF_A_RELEASE : risk;
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a plan needs at least one stage");
        }
        long names = stages.stream().map(s -> s.environment().name()).distinct().count();
        if (names != stages.size()) {
            throw new IllegalArgumentException("each environment has one stage");
        }
    }
}
