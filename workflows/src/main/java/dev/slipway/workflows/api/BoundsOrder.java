package dev.slipway.workflows.api;

import dev.slipway.model.Slo;
import java.util.List;

/**
 * Look for the buckets that latency SLOs ask for, before anything is touched.
 *
 * @param running the Helm release whose histograms are there to look at: what users are on now
 * @param slos what the stage is judged by; only latency is looked at
 */
public record BoundsOrder(HelmTarget running, List<Slo> slos) {
    public BoundsOrder {
        slos = List.copyOf(slos);
    }
}
