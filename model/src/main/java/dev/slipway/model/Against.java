package dev.slipway.model;

/** What a canary is compared with in a ramp. */
public enum Against {
    /** With stable, in the same seconds, and with the objective. */
    STABLE,
    /** With the objective alone. */
    OBJECTIVE
}
