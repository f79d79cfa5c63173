package dev.slipway.activities.helm;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code helm history -o json}.
 *
 * @param updated when it was made
 * @param status Helm's word: deployed, superseded, failed, pending-upgrade, uninstalled ...
 * @param chart name and version
 */
record Revision(
        int revision,
        Instant updated,
        String status,
        String chart,
        @JsonProperty("app_version") @Nullable String appVersion,
        @Nullable String description) {

    /** What was said about it, empty when nothing was. */
    String said() {
        return description == null ? "" : description;
    }

    boolean deployed() {
        return status.equals("deployed");
    }

    boolean failed() {
        return status.equals("failed");
    }

    /** Whether a helm is at work on it, or was killed while it was. */
    boolean pending() {
        return status.startsWith("pending-");
    }

    boolean pendingInstall() {
        return status.equals("pending-install");
    }

    /** Whether an uninstall is at work on it, or was killed while it was. */
    boolean uninstalling() {
        return status.equals("uninstalling");
    }

    /** Whether somebody must finish first. */
    boolean locked() {
        return pending() || uninstalling();
    }

    /** Whether it was uninstalled with its history kept. */
    boolean gone() {
        return status.equals("uninstalled");
    }

    /** For a person: {@code revision 4 is pending-upgrade since 2026-11-21T09:00:00Z ("Preparing upgrade")}. */
    String words() {
        return "revision " + revision + " (" + chart + ") is " + status + " since " + updated
                + (said().isEmpty() ? "" : " (\"" + said() + "\")");
    }
}
