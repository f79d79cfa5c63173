package dev.slipway.model.traffic;

/** What a stage still owes a resource during an undo. */
public enum Debt {
    /** Not touched, back as it was, or somebody else's by now. */
    NONE,
    /** Touched and not yet put back. */
    OWED,
    /** Putting it back was tried and did not work. */
    FAILED
}
