package dev.slipway.workflows.api;

import dev.slipway.model.Actor;
import dev.slipway.model.Digest;
import dev.slipway.model.ReleaseId;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What one person said at one gate.
 *
 * @param attempt of the release that was asked about
 * @param gate {@code ENVIRONMENT/NAME}
 * @param fingerprint of the digests that were shown ({@link dev.slipway.model.Digests#fingerprint()})
 * @param reason for a rejection; may be empty
 * @param nonce unique; a decision counts once
 */
public record Decision(
        ReleaseId release,
        int attempt,
        String gate,
        Digest fingerprint,
        Actor actor,
        Choice choice,
        String reason,
        String nonce,
        Instant at) {
    /** Whether every field is there: what is sent by hand may lack any. */
    public boolean complete() {
        return Stream.of(release, gate, fingerprint, actor, choice, reason, nonce, at)
                        .allMatch(Objects::nonNull)
                && actor.subject() != null;
    }

    /** Yes or no. */
    public enum Choice {
        APPROVE,
        REJECT
    }
}
