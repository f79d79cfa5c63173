package dev.slipway.workflows.stage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one switch that stops a stage: an abort, a failed gate, a fault and a cancel all go through it, and the first wins. */
final class Stop {
    private @Nullable StopCause cause;
    private Runnable listener = () -> {};

    /** What to do when somebody requests a stop. */
    void onRequest(Runnable listener) {
        this.listener = listener;
    }

    void request(StopCause requested) {
        if (cause == null) {
            cause = requested;
            listener.run();
        }
    }

    Optional<StopCause> cause() {
        return Optional.ofNullable(cause);
    }
}
