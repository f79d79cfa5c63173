package dev.slipway.cli;

import dev.slipway.model.ReleaseView;
import tools.jackson.databind.JsonNode;

/** A release at one moment: the server's own document, for scripts, and what is understood of it, for people. */
record Snapshot(JsonNode document, ReleaseView view) {

    /**
     * @throws Failure when the document is no release
     */
    static Snapshot of(JsonNode document) {
        return new Snapshot(document, Json.as(document, ReleaseView.class));
    }
}
