package dev.slipway.workflows.api;

import dev.slipway.model.BackendWeight;
import java.util.List;
import java.util.Optional;

/**
 * What a stage has left in its slot and expects to find again; anything else is somebody else's work.
 *
 * @param releases the Helm releases that the stage has deployed, each at the revision that it made
 * @param route absent while the stage has not touched it
 */
public record Footprint(List<Release> releases, Optional<Route> route) {
    public static final Footprint NONE = new Footprint(List.of(), Optional.empty());

    public Footprint {
        releases = List.copyOf(releases);
    }

    /** A Helm release that must still be at this revision, its pods' templates as Helm applied them. */
    public record Release(HelmTarget target, int revision) {}

    /** A route that must still have these weights; a trip of our own watcher at this epoch is no interference. */
    public record Route(RouteTarget target, List<BackendWeight> backends, long epoch) {
        public Route {
            backends = List.copyOf(backends);
        }
    }
}
