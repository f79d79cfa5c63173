package dev.slipway.model;

import java.util.List;

/**
 * One environment's part of a plan.
 *
 * @param valuesFiles paths inside the bundle, later ones win
 * @param before gates before anything is touched
 * @param after gates on the new version when it has all traffic
 */
public record StagePlan(
        Environment environment, List<String> valuesFiles, List<Gate> before, Rollout rollout, List<Gate> after) {
    public StagePlan {
        valuesFiles = List.copyOf(valuesFiles);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
