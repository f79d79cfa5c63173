package dev.slipway.workflows.api;

import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;

/**
 * Call a person.
 *
 * @param summary what is wrong and what to do next, with exact commands; no secrets
 */
public record PageOrder(ReleaseId release, EnvironmentName environment, Alert alert, String summary) {
    /** The workflow id, and the key that makes two calls for the same thing one. */
    public String id() {
        return "page:" + release + ":" + alert.kind();
    }
}
