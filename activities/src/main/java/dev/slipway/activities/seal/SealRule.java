package dev.slipway.activities.seal;

import dev.slipway.model.EnvironmentName;
import java.time.Duration;
import java.util.Set;

/**
 * What one environment's worker demands.
 *
 * @param environment the worker's own
 * @param votes how many different people must have approved, at one gate
 * @param groups those who count are in one of them; anybody whom the starter lets decide when empty
 * @param keys what decisions must be signed with
 * @param maxAge how old a decision may be when something is deployed on it
 */
public record SealRule(EnvironmentName environment, int votes, Set<String> groups, SealKeys keys, Duration maxAge) {
    private static final Duration LEAST_AGE = Duration.ofHours(1);

    /**
     * @throws IllegalArgumentException with a sentence, when the rule would let anything through or nothing
     */
    public SealRule {
        groups = Set.copyOf(groups);
        if (votes < 1) {
            throw new IllegalArgumentException(
                    "votes must be at least 1, not " + votes + ": how many people must have approved");
        }
        if (maxAge.compareTo(LEAST_AGE) < 0) {
            throw new IllegalArgumentException(
                    "max-age must be at least 1h, such as 30d: a release deploys on its approvals hours after they were"
                            + " given");
        }
    }

    /** For the worker's log. */
    @Override
    public String toString() {
        return votes + (votes == 1 ? " approval" : " approvals of different people")
                + (groups.isEmpty()
                        ? ""
                        : " from "
                                + String.join(" or ", groups.stream().sorted().toList()))
                + ", at most " + maxAge.toHours() + " h old, signed with " + keys;
    }
}
