package dev.slipway.workflows.api;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.StepView;
import java.util.List;

/**
 * What a stage tells its release when its phase changes, or when a person has said something.
 *
 * @param waitingFor as in {@link dev.slipway.model.ReleaseView#waitingFor()}
 * @param stageRun run of the stage's workflow
 * @param facts what happened since the note before
 * @param steps while people are asked: what they are shown; otherwise empty, to keep histories short
 */
public record StageNote(
        EnvironmentName environment,
        Phase phase,
        String waitingFor,
        String reason,
        String stageRun,
        List<Fact> facts,
        List<StepView> steps) {
    /** A note that was written before steps were told has none. */
    public StageNote {
        facts = List.copyOf(facts);
        steps = steps == null ? List.of() : List.copyOf(steps);
    }
}
