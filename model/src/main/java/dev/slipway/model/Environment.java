package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * One environment as the platform team configured it, frozen when the release starts. Addresses and credentials are not
 * here: the environment's own worker has them.
 *
 * @param isProtected whether it needs the protected policy (production)
 * @param namespace Kubernetes namespace of every service in it
 * @param startUpLimit how long a version may take to become ready
 * @param historyMax Helm revisions kept, at least 5
 * @param blindBudget how long traffic may stay on a new version without evidence
 */
public record Environment(
        EnvironmentName name,
        @JsonProperty("protected") boolean isProtected,
        String namespace,
        Duration startUpLimit,
        int historyMax,
        Duration blindBudget) {
    /**
     * @throws IllegalArgumentException when fewer than 5 revisions are kept: the target of an undo could be pruned
     */
    public Environment {
        if (historyMax < 5) {
            throw new IllegalArgumentException("historyMax of " + name + " must be at least 5, not " + historyMax);
        }
    }
}
