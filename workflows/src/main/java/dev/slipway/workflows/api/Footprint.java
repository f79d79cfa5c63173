package dev.slipway.workflows.api;

import dev.slipway.model.BackendWeight;
import java.util.List;
import java.util.Optional;

/**
 * What a stage has left in its slot and expects to find again; anything else is somebody else's work.
 *
 * @param releases the Helm releases that the stage has deployed, and the stable one beside which its canary stands
 * @param route absent while the stage has not touched it
 */
public record Footprint(List<Release> releases, Optional<Route> route) {
    public static final Footprint NONE = new Footprint(List.of(), Optional.empty());

    public Footprint {
        releases = List.copyOf(releases);
    }

    /**
     * A Helm release that must still be at this revision, its pods' templates as Helm applied them.
     *
     * @param ours whether the stage has made the revision; one that it only stands beside may have been changed by hand
     *     before the stage began
     */
    public record Release(HelmTarget target, int revision, boolean ours) {
        /** A revision that the stage has made. */
        public Release(HelmTarget target, int revision) {
            this(target, revision, true);
        }
    }

    /** A route that must still have these weights; a trip of our own watcher at this epoch is no interference. */
    public record Route(RouteTarget target, List<BackendWeight> backends, long epoch) {
        public Route {
            backends = List.copyOf(backends);
        }
    }
}
