package dev.slipway.workflows.api;

import dev.slipway.model.Actor;
import dev.slipway.model.BundleRef;
import dev.slipway.model.Digests;
import dev.slipway.model.Image;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleasePlan;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a release needs, frozen at its start.
 *
 * @param attempt 1 for the first try of this version
 * @param approvalKeys key id to Ed25519 public key (X.509, Base64) that decisions are checked with
 * @param channel Slack's id of the channel that is told; empty when none is
 * @param supersede it does not wait in line for a slot: those ahead give way, the one in the slot after its undo
 */
public record ReleaseOrder(
        ReleaseId release,
        int attempt,
        ReleasePlan plan,
        BundleRef bundle,
        Image image,
        Digests digests,
        Actor requestedBy,
        Map<String, String> approvalKeys,
        Optional<String> channel,
        boolean supersede) {
    public ReleaseOrder {
        approvalKeys = Map.copyOf(approvalKeys);
    }
}
