package dev.slipway.activities.fence;

/**
 * Why nothing may be changed.
 *
 * @param why a sentence for a person
 */
public record Refusal(Kind kind, String why) {
    /** What may become of it. */
    public enum Kind {
        /** There never was a right to write. */
        READ_ONLY,
        /** The right could not be renewed in time; it comes back when nobody else has taken it meanwhile. */
        NOT_NOW,
        /** Somebody else has the right, or it was given back. */
        LOST
    }
}
