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
 * @param approvals what people have said; a worker that demands approvals refuses without
 */
public record DeployOrder(
        HelmTarget target,
        BundleRef bundle,
        List<String> valuesFiles,
        Image image,
        Optional<Weight> canaryFor,
        Duration timeout,
        int historyMax,
        Approvals approvals) {
    /** An order that was written before approvals went with it means there are none. */
    public DeployOrder {
        valuesFiles = List.copyOf(valuesFiles);
        approvals = approvals == null ? Approvals.NONE : approvals;
    }

    /** For an environment that asks nobody. */
    public DeployOrder(
            HelmTarget target,
            BundleRef bundle,
            List<String> valuesFiles,
            Image image,
            Optional<Weight> canaryFor,
            Duration timeout,
            int historyMax) {
        this(target, bundle, valuesFiles, image, canaryFor, timeout, historyMax, Approvals.NONE);
    }
}
