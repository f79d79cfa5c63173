package dev.slipway.activities.fence;

import java.util.Optional;

/** Whether a caller may change the cluster at this moment. Thread safe. */
@FunctionalInterface
public interface WriteRight {
    /** For calls that only look. */
    WriteRight NONE = () -> Optional.of("this call may only read");

    /** Why nothing may be changed right now, in a sentence for a person; empty when it may. */
    Optional<String> refusal();
}
