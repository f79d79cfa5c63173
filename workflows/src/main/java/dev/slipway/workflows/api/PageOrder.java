package dev.slipway.workflows.api;

import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;

/**
 * Call a person.
 *
 * @param summary what is wrong and what to do next, with exact commands; no secrets
 * @param beside whether a page of this release and kind is open for another environment, which this one must not become part of
 */
public record PageOrder(ReleaseId release, EnvironmentName environment, Alert alert, String summary, boolean beside) {
    /** The first one of its release and kind. */
    public PageOrder(ReleaseId release, EnvironmentName environment, Alert alert, String summary) {
        this(release, environment, alert, summary, false);
    }

    /** The workflow id: one workflow has the pages of a release and kind, of whichever environments. */
    public String id() {
        return "page:" + release + ":" + alert.kind();
    }

    /**
     * What makes two calls for the same thing one. The environment is in it where the incident of another one may be open: as
     * the workflow knows, or since a person closes it, whom the workflow does not wait for.
     */
    public String key() {
        return beside || !alert.resolves() ? id() + ":" + environment : id();
    }

    /** The same page, beside that of another environment. */
    public PageOrder asBeside() {
        return new PageOrder(release, environment, alert, summary, true);
    }

    /** Whether every field is there: what is sent by hand may lack any. */
    public boolean complete() {
        return release != null && environment != null && alert != null && summary != null;
    }
}
