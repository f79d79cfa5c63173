package dev.slipway.model;

/** What a stage may touch; each has at most one entry in the undo ledger. */
public enum Resource {
    /** The HTTPRoute's backends and weights. */
    ROUTE,
    /** The second Helm release, {@code <release>-canary}. */
    CANARY,
    /** The Helm release that users are on. */
    STABLE,
    /** The Jobs that send requests while the new version soaks; they were never there before. */
    LOAD
}
