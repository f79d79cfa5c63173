package dev.slipway.workflows.api;

import dev.slipway.model.UndoResult;
import dev.slipway.model.Weight;
import dev.slipway.workflows.undo.Permit;
import io.temporal.activity.ActivityInterface;

/**
 * The weights of one HTTPRoute. Each write is one JSON Patch that tests and raises the annotation
 * {@code slipway.dev/epoch}, and is read back; a writer with an older epoch gets FENCED and changes nothing.
 */
@ActivityInterface(namePrefix = "Route_")
public interface Route {
    /** Looks, changes nothing. MISSING when there is no such route. */
    RouteState observe(RouteTarget target);

    /**
     * Sends this share to the canary and the rest to stable; the canary's backend is added when it is not there.
     * Idempotent for one permit. INTERFERED when the backends are not what we left; TRIPPED when a watcher of this epoch
     * took the traffic off.
     */
    RouteState shift(Permit permit, RouteTarget target, Weight canary);

    /** All traffic to stable and the canary's backend removed: the end of a promotion. Idempotent. */
    RouteState detach(Permit permit, RouteTarget target);

    /** Back to the permit's prior backends and weights. Idempotent. */
    UndoResult restore(Permit permit, RouteTarget target);
}
