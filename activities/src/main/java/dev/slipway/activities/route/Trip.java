package dev.slipway.activities.route;

/** What a watcher's trip did. */
public enum Trip {
    /** The canary has no traffic any more, now or since an earlier trip of the same epoch; read back. */
    CUT,
    /** The watcher is stale: the route is at another epoch. Nothing was changed. */
    FENCED,
    /** Somebody else changed the weights after our last write. Nothing was changed; an undo will say who. */
    NOT_OURS
}
