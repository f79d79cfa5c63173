package dev.slipway.workflows.api;

import dev.slipway.model.BundleRef;
import dev.slipway.model.Image;
import dev.slipway.model.Weight;
import java.util.List;
import java.util.Optional;

/**
 * Render both sides of a stage and check the chart contract, touching nothing.
 *
 * @param canaryFor the canary's highest weight, absent when the stage has no canary
 * @param loads the CronJobs that its soaks name
 */
public record RenderOrder(
        HelmTarget stable,
        Optional<Weight> canaryFor,
        BundleRef bundle,
        List<String> valuesFiles,
        Image image,
        List<String> loads) {
    public RenderOrder {
        valuesFiles = List.copyOf(valuesFiles);
        loads = List.copyOf(loads);
    }

    /** Users send the requests. */
    public RenderOrder(
            HelmTarget stable, Optional<Weight> canaryFor, BundleRef bundle, List<String> valuesFiles, Image image) {
        this(stable, canaryFor, bundle, valuesFiles, image, List.of());
    }
}
