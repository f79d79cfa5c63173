package dev.slipway.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stage as people see it.
 *
 * @param state PENDING, or the stage's phase
 * @param outcome null until it ended
 * @param want share of traffic that the canary should have, percent
 * @param actual share that was read back last, percent
 * @param runId run of the stage's workflow, null until it started
 */
public record StageView(
        EnvironmentName environment,
        String state,
        @Nullable String outcome,
        String reason,
        String waitingFor,
        int want,
        int actual,
        List<StepView> steps,
        List<UndoView> undo,
        @Nullable String runId) {
    private static final Set<String> DEPLOYMENTS = Set.of("rolling", "canary");

    public StageView {
        steps = List.copyOf(steps);
        undo = List.copyOf(undo);
    }

    /** How long each of its deployments took that came through. */
    public List<Measured> deployments() {
        return steps.stream()
                .filter(step ->
                        DEPLOYMENTS.contains(step.kind()) && step.state().equals("DONE"))
                .filter(step -> step.startedAt() != null && step.endedAt() != null)
                .map(step -> new Measured(
                        environment,
                        step.name(),
                        Duration.between(
                                Objects.requireNonNull(step.startedAt()), Objects.requireNonNull(step.endedAt()))))
                .toList();
    }

    /** The same stage with other steps. */
    public StageView with(List<StepView> steps) {
        return new StageView(environment, state, outcome, reason, waitingFor, want, actual, steps, undo, runId);
    }

    /**
     * The same stage when it will have ended so.
     *
     * @param outcome the outcome's word
     */
    public StageView ended(String outcome, String reason) {
        return new StageView(environment, Phase.DONE.name(), outcome, reason, "", want, actual, steps, undo, runId);
    }

    /** A stage whose turn has not come. */
    public static StageView pending(EnvironmentName environment) {
        return new StageView(environment, "PENDING", null, "", "", 0, 0, List.of(), List.of(), null);
    }
}
