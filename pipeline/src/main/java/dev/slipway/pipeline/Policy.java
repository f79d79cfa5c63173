package dev.slipway.pipeline;

import java.time.Duration;

/**
 * What the platform team demands of a release into a protected environment, whatever a release.yaml says.
 *
 * @param leastVotes people who must approve before anything is touched; 0 demands no approval
 * @param leastWatched how long the new version must at least be judged under traffic: {@code atLeast} of all ramps and
 *     {@code healthyFor} of all soaks together
 * @param allStagesBefore whether a version must have gone through every environment before a protected one
 * @param authorsNamed whether whoever asks for it must say who wrote it
 */
public record Policy(int leastVotes, Duration leastWatched, boolean allStagesBefore, boolean authorsNamed) {
    /** One approval, ten minutes watched, no environment skipped, authors as whoever asks likes. */
    public static final Policy DEFAULT = new Policy(1, Duration.ofMinutes(10), true, false);

    /**
     * @throws IllegalArgumentException when a number is negative
     */
    public Policy {
        if (leastVotes < 0 || leastWatched.isNegative()) {
            throw new IllegalArgumentException(
                    "a policy demands nothing negative: leastVotes " + leastVotes + ", leastWatched " + leastWatched);
        }
    }
}
