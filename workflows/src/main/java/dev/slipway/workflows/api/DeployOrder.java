package dev.slipway.workflows.api;

import dev.slipway.model.BundleRef;
import dev.slipway.model.Image;
import dev.slipway.model.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Bring one Helm release to the new version.
 *
 * @param canaryFor the highest weight that the canary is sized for; absent for stable
 * @param timeout of helm itself (hooks); readiness is waited for by {@link Pods}
 * @param historyMax revisions to keep
 */
public record DeployOrder(
        HelmTarget target,
        BundleRef bundle,
        List<String> valuesFiles,
        Image image,
        Optional<Weight> canaryFor,
        Duration timeout,
        int historyMax) {
    public DeployOrder {
        valuesFiles = List.copyOf(valuesFiles);
    }
}
