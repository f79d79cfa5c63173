package dev.slipway.workflows.stage;

import dev.slipway.model.Analysis;
import dev.slipway.model.Gate;
import dev.slipway.model.Ramp;
import dev.slipway.model.Rollout;
import dev.slipway.model.StagePlan;
import java.util.ArrayList;
import java.util.List;

/** Writes a stage's plan out as the list of its steps. */
final class StageSteps {
    private StageSteps() {}

    /**
     * The steps after the preparation.
     *
     * @param firstEver whether there is no prior release: a canary has nothing to stand beside then, so the stage runs as
     *     rolling and judges by the last ramp's objectives
     */
    static List<StageStep> of(StagePlan stage, boolean firstEver) {
        List<StageStep> steps = new ArrayList<>();
        stage.before().forEach(gate -> steps.add(new StageStep.Ask(gate, false)));
        steps.addAll(stage.rollout().accept(new Rollout.Cases<List<StageStep>>() {
            @Override
            public List<StageStep> rolling(Rollout.Rolling rollout) {
                return List.of(new StageStep.Rolling(""));
            }

            @Override
            public List<StageStep> canary(Rollout.Canary rollout) {
                return firstEver ? firstEver(rollout) : beside(rollout);
            }
        }));
        stage.after().forEach(gate -> steps.add(new StageStep.Ask(gate, false)));
        return List.copyOf(steps);
    }

    private static List<StageStep> beside(Rollout.Canary canary) {
        List<StageStep> steps = new ArrayList<>();
        steps.add(new StageStep.CanaryUp(canary.highest()));
        canary.beforeTraffic().forEach(gate -> steps.add(new StageStep.Ask(gate, true)));
        for (Ramp ramp : canary.ramps()) {
            ramp.approve().ifPresent(gate -> steps.add(new StageStep.Ask(gate, true)));
            steps.add(new StageStep.RampUp(ramp));
        }
        steps.add(new StageStep.Promote(canary.drain()));
        return steps;
    }

    private static List<StageStep> firstEver(Rollout.Canary canary) {
        List<StageStep> steps = new ArrayList<>();
        canary.ramps().forEach(ramp -> ramp.approve().ifPresent(gate -> steps.add(new StageStep.Ask(gate, false))));
        steps.add(new StageStep.Rolling("no prior release to stand a canary beside"));
        canary.beforeTraffic().forEach(gate -> steps.add(new StageStep.Ask(gate, false)));
        Analysis last = canary.ramps().get(canary.ramps().size() - 1).analyze();
        steps.add(new StageStep.Ask(
                new Gate.Soak("analysis", last.atLeast(), last.atMost(), last.slos(), last.rule(), last.minRequests()),
                false));
        return steps;
    }
}
