package dev.slipway.activities.watch;

import dev.slipway.workflows.api.RouteTarget;

/** Takes the traffic off the new version by the watcher's own hand; the call site of the route's traffic switch. */
@FunctionalInterface
public interface TripWire {
    /**
     * Sets the canary's weight to 0 if the route is still at this epoch. Done already is done.
     *
     * @return whether the traffic is off by this watcher's doing; false when a newer writer was here, who knows better
     * @throws RuntimeException when it could not be done or is unknown
     */
    boolean trip(RouteTarget route, long epoch, String reason);
}
