package dev.slipway.cli;

/** Shows a release while it is followed. */
interface Watcher {
    /** The release as it is now; called again for every change. */
    void saw(Snapshot snapshot);

    /** A moment passed without news. */
    default void idle() {}

    /** The server does not answer at present. */
    void silent(String why);

    /** Nothing will come any more; leaves the place clean. */
    default void end() {}
}
