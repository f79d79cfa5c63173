package dev.slipway.activities.emit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How something ended, in the words of OpenTelemetry.
 *
 * @param result of {@code cicd.pipeline.result} and {@code cicd.pipeline.task.run.result}
 * @param error of {@code error.type}: the word that Slipway has for it; null when it is no error
 */
record Ending(String result, @Nullable String error) {
    private static final Ending SUCCESS = new Ending("success", null);
    private static final Ending CANCELLATION = new Ending("cancellation", null);

    /** Of a stage or a release. That people, or another release, did not want it is no error. */
    static Ending ofOutcome(String outcome) {
        return switch (outcome) {
            case "PROMOTED" -> SUCCESS;
            case "ROLLED_BACK" -> new Ending("failure", outcome);
            case "EXPIRED" -> new Ending("timeout", outcome);
            case "REFUSED" -> new Ending("skip", null);
            case "REJECTED", "ABORTED", "SUPERSEDED" -> CANCELLATION;
            default -> new Ending("error", outcome.isEmpty() ? "_OTHER" : outcome);
        };
    }

    /** Of a step; what was still going on when its stage ended was cancelled. */
    static Ending ofStep(String state, @Nullable String verdict) {
        return switch (state) {
            case "DONE" -> SUCCESS;
            case "FAILED" -> new Ending("failure", Objects.requireNonNullElse(verdict, state));
            default -> CANCELLATION;
        };
    }

    /** Of the undo of one resource. */
    static Ending ofUndo(String state) {
        return switch (state) {
            case "RESTORED", "ALREADY_THERE" -> SUCCESS;
            case "OPEN" -> CANCELLATION;
            default -> new Ending("error", state);
        };
    }
}
