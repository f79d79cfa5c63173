package dev.slipway.workflows.stage;

import dev.slipway.workflows.api.FailureType;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import org.jspecify.annotations.Nullable;

/** Reads what an activity's failure says to a person and to the workflow. */
public final class Failures {
    private Failures() {}

    /** The adapter's own sentence, not Temporal's wrapping of it. */
    public static String sentence(TemporalFailure failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ApplicationFailure application) {
                return application.getOriginalMessage();
            }
            if (t instanceof TimeoutFailure timeout && timeout.getCause() == null) {
                return "no answer in time (" + timeout.getTimeoutType().name() + ")";
            }
        }
        return String.valueOf(failure.getMessage());
    }

    /** Whether an adapter classified it so. */
    public static boolean is(TemporalFailure failure, FailureType type) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ApplicationFailure application && type.name().equals(application.getType())) {
                return true;
            }
        }
        return false;
    }
}
