package dev.slipway.activities.bundle;

import dev.slipway.model.Digest;
import java.util.Optional;

/** Where whole diffs are kept, each by its digest, for whoever has to decide on it. */
@FunctionalInterface
public interface Diffs {
    /** Keeps none. */
    Diffs NOWHERE = (digest, text) -> Optional.of("this worker knows no starter that keeps it");

    /**
     * Keeps one; it was kept before when it is there already.
     *
     * @param text in UTF-8, without secrets
     * @return why it is not kept, in a few words; a question is asked without it, too
     */
    Optional<String> keep(Digest digest, byte[] text);
}
