package dev.slipway.model;

/** Where a release is, in one word; search attribute SlipwayPhase. */
public enum Phase {
    /** Waits for the slot. */
    QUEUED,
    /** Acts or measures. */
    RUNNING,
    /** Waits for a person at a gate. */
    WAITING,
    /** Waits for evidence, changes nothing. */
    HOLDING,
    /** A person paused it. */
    PAUSED,
    /** Puts everything back. */
    UNDOING,
    /** The undo is not complete; somebody must act. */
    STUCK,
    /** Ended; see the outcome. */
    DONE
}
