package dev.slipway.workflows.api;

import dev.slipway.model.Actor;
import dev.slipway.model.Authors;
import dev.slipway.model.BundleRef;
import dev.slipway.model.Digests;
import dev.slipway.model.Image;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleasePlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a release needs, frozen at its start.
 *
 * @param attempt 1 for the first try of this version
 * @param approvalKeys key id to Ed25519 public key (X.509, Base64) that decisions are checked with
 * @param channel Slack's id of the channel that is told; empty when none is
 * @param supersede it does not wait in line for a slot: those ahead give way, the one in the slot after its undo
 * @param sinks who is told beside the records and the channel
 * @param evidence that was handed in with the request
 * @param authors may not decide on it, as whoever requested it may not
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
        boolean supersede,
        List<Sink> sinks,
        List<SignedAttestation> evidence,
        Authors authors) {
    /** An order that was written before there were sinks, evidence or authors has none. */
    public ReleaseOrder {
        approvalKeys = Map.copyOf(approvalKeys);
        sinks = sinks == null ? List.of() : List.copyOf(sinks);
        evidence = evidence == null ? List.of() : List.copyOf(evidence);
        authors = authors == null ? Authors.NONE : authors;
    }

    /** An order that tells no sink, has no evidence and names no authors. */
    public ReleaseOrder(
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
        this(
                release,
                attempt,
                plan,
                bundle,
                image,
                digests,
                requestedBy,
                approvalKeys,
                channel,
                supersede,
                List.of(),
                List.of(),
                Authors.NONE);
    }

    /** The same order as another attempt, with evidence that is signed for it. */
    public ReleaseOrder as(int number, List<SignedAttestation> given) {
        return new ReleaseOrder(
                release,
                number,
                plan,
                bundle,
                image,
                digests,
                requestedBy,
                approvalKeys,
                channel,
                supersede,
                sinks,
                given,
                authors);
    }
}
