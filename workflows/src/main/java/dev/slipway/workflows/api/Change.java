package dev.slipway.workflows.api;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import java.time.Instant;

/**
 * Something has changed for users, for those who look for the cause of an incident: a version was promoted, or put back.
 *
 * @param outcome such as {@code PROMOTED}
 * @param reason why it was put back; empty for a promotion
 */
public record Change(
        ReleaseId release, int attempt, EnvironmentName environment, String outcome, String reason, Instant at) {
    /** The workflow id: an attempt is promoted in an environment once and put back once, however often that is asked for. */
    public String id() {
        return "change:" + release + ":" + attempt + ":" + environment + ":" + outcome;
    }

    /** For people, in one line. */
    public String sentence() {
        return outcome.equals("PROMOTED")
                ? release + " was promoted in " + environment
                : release + " was put back in " + environment + ": " + outcome
                        + (reason.isEmpty() ? "" : ", " + reason);
    }
}
