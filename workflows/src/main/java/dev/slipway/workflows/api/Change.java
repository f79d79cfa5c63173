package dev.slipway.workflows.api;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import java.time.Instant;

/**
 * Something has changed for users, for those who look for the cause of an incident: a version was promoted, or put back.
 *
 * @param stageRun the run of the stage, which changes things once
 * @param outcome such as {@code PROMOTED}
 * @param reason why it was put back; empty for a promotion
 */
public record Change(
        ReleaseId release,
        int attempt,
        EnvironmentName environment,
        String stageRun,
        String outcome,
        String reason,
        Instant at) {
    /** The workflow id: however often it is asked for, it is told once. */
    public String id() {
        return "change:" + release.service() + ":" + environment + ":" + stageRun;
    }

    /** For people, in one line. */
    public String sentence() {
        return outcome.equals("PROMOTED")
                ? release + " was promoted in " + environment
                : release + " was put back in " + environment + ": " + outcome + (reason.isEmpty() ? "" : ", " + reason);
    }
}
