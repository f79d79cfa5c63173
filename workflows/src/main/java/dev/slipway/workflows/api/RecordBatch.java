package dev.slipway.workflows.api;

import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseView;
import java.util.List;

/**
 * Facts of one attempt, in the order in which its release has learnt of them.
 *
 * @param runId run of the release's workflow; it and a fact's number make the fact known
 * @param first number of the first fact, from 1 on and without gaps
 * @param view the release as it was then
 */
public record RecordBatch(String runId, long first, List<Fact> facts, ReleaseView view) {
    public RecordBatch {
        facts = List.copyOf(facts);
    }
}
