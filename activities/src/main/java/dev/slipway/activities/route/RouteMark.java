package dev.slipway.activities.route;

import dev.slipway.workflows.undo.Permit;
import java.util.Optional;

/**
 * What a write leaves on the route beside the weights.
 *
 * @param epoch of the writer
 * @param release for people, absent to keep what is there
 * @param tripped why a watcher takes the traffic off; absent takes an earlier reason away
 */
record RouteMark(long epoch, Optional<String> release, Optional<String> tripped) {
    /** The mark of a permit's holder. */
    static RouteMark of(Permit permit) {
        var stamp = permit.stamp();
        return new RouteMark(
                permit.epoch(),
                Optional.of(stamp.release() + " attempt " + stamp.attempt() + " run " + stamp.stageRun()),
                Optional.empty());
    }
}
