package dev.slipway.workflows.api;

import dev.slipway.model.BundleRef;
import dev.slipway.model.Digests;
import dev.slipway.model.Image;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import java.util.List;
import java.util.Optional;

/**
 * Find out what a version changes in one environment, touching nothing.
 *
 * @param digests what is asked about, for whoever reads the whole diff
 * @param prior what stable was before the stage touched it; absent before that: what is deployed now is compared with
 */
public record DifferenceOrder(
        ReleaseId release,
        Digests digests,
        HelmTarget stable,
        BundleRef bundle,
        List<String> valuesFiles,
        Image image,
        Optional<PriorState> prior) {
    public DifferenceOrder {
        valuesFiles = List.copyOf(valuesFiles);
    }
}
