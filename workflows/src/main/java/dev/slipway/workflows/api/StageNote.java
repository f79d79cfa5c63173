package dev.slipway.workflows.api;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import java.util.List;

/**
 * What a stage tells its release when its phase changes, or when a person has said something.
 *
 * @param waitingFor as in {@link dev.slipway.model.ReleaseView#waitingFor()}
 * @param stageRun run of the stage's workflow
 * @param facts what happened since the note before
 */
public record StageNote(
        EnvironmentName environment, Phase phase, String waitingFor, String reason, String stageRun, List<Fact> facts) {
    public StageNote {
        facts = List.copyOf(facts);
    }
}
