package dev.slipway.model.analysis;

/** What a watch is for, and so what may end it. */
public enum Purpose {
    /** Judges a ramp: the first answer, whichever it is, ends it. */
    RAMP,
    /** Earns healthy time. */
    SOAK,
    /** Watches over a wait: only a failure ends it. */
    SAFETY
}
