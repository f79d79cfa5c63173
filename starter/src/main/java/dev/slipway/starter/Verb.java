package dev.slipway.starter;

/** What a caller may be allowed to do; in the configuration {@code retry-undo} stands for RETRY_UNDO. */
enum Verb {
    /** See releases, plans and environments. */
    READ,
    /** Start a release, into each environment of its plan. */
    START,
    /** Start a release that others give way to, in each environment of its plan. */
    SUPERSEDE,
    /** Approve or reject at a gate; the gate's own group is checked beside this. */
    DECIDE,
    ABORT,
    PAUSE,
    RESUME,
    /** Try a stuck undo again. */
    RETRY_UNDO,
    /** Leave what a stuck undo could not put back. */
    ACCEPT_AS_IS,
    /** Put a slot back whose stage is gone. */
    RECOVER,
    /** Hand in evidence; it counts in the environments of the grant. */
    ATTEST,
    /** Fetch bundles and hand in what they would change: what a worker needs. */
    FETCH,
    /** Read what is encrypted in Temporal, of every service: a payload does not tell whose it is. */
    DECODE;

    /** Whether anything is different afterwards. */
    boolean changes() {
        return this != READ && this != FETCH && this != DECODE;
    }
}
