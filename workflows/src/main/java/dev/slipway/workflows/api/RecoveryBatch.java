package dev.slipway.workflows.api;

import dev.slipway.model.Fact;
import dev.slipway.model.Recovery;
import java.util.List;

/**
 * Facts of one recovery, in the order in which it has learnt of them.
 *
 * @param first number of the first fact, from 1 on and without gaps
 * @param recovery as it was then
 */
public record RecoveryBatch(long first, List<Fact> facts, Recovery recovery) {
    public RecoveryBatch {
        facts = List.copyOf(facts);
    }
}
