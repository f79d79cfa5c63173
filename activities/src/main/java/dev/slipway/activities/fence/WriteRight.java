package dev.slipway.activities.fence;

import java.util.Optional;

/** Whether a caller may change the cluster at this moment. Thread safe. */
@FunctionalInterface
public interface WriteRight {
    /** For calls that only look. */
    WriteRight NONE = () -> Optional.of(new Refusal(Refusal.Kind.READ_ONLY, "this call may only read"));

    /** Why nothing may be changed right now; empty when it may. */
    Optional<Refusal> refusal();
}
