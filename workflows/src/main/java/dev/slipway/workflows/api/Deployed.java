package dev.slipway.workflows.api;

import dev.slipway.model.Digest;

/**
 * What a deployment left behind, read back from Helm.
 *
 * @param revision the revision that is deployed now
 * @param manifest digest of its manifest
 * @param alreadyThere whether this very permit had deployed it before and the answer was lost
 */
public record Deployed(int revision, Digest manifest, boolean alreadyThere) {}
