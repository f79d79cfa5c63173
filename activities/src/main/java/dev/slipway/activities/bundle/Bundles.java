package dev.slipway.activities.bundle;

import dev.slipway.model.Digest;
import java.nio.file.Path;

/** The bundles that a worker can reach. */
@FunctionalInterface
public interface Bundles {
    /**
     * The folder with the unpacked and verified content of a bundle; read only.
     *
     * @throws io.temporal.failure.ApplicationFailure UNREACHABLE when the store does not answer, MISSING when it has no
     *     such bundle, INVALID_INPUT when the content is not what the digest says
     */
    Path folder(Digest bundle);
}
