package dev.slipway.model;

/** Does the new version get traffic now? */
public enum Exposure {
    /** None of it. */
    NONE,
    /** A share, on a canary. */
    SOME,
    /** All of it: promoted. */
    ALL
}
