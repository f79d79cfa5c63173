package dev.slipway.activities.bundle;

import dev.slipway.model.Digest;

/** Where archives of bundles come from; what it sends is not trusted. */
@FunctionalInterface
public interface BundleSource {
    /**
     * The archive.
     *
     * @throws io.temporal.failure.ApplicationFailure UNREACHABLE, MISSING or FORBIDDEN
     */
    byte[] fetch(Digest digest);
}
