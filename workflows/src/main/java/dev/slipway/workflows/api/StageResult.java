package dev.slipway.workflows.api;

import dev.slipway.model.Fact;
import dev.slipway.model.Outcome;
import dev.slipway.model.StageView;
import java.util.List;

/**
 * How a stage ended, and its last view.
 *
 * @param facts what happened since its last note
 */
public record StageResult(Outcome outcome, StageView view, List<Fact> facts) {
    public StageResult {
        facts = List.copyOf(facts);
    }
}
