package dev.slipway.workflows.stage;

import dev.slipway.model.Environment;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RouteTarget;

/** The slot that an undo acts in: the names of its two sides and its route. */
interface Place {
    /** Whose work is undone. */
    ReleaseId id();

    Environment environment();

    HelmTarget stable();

    /** Whether an undo runs the chart's hooks; not, unless the pipeline said so. */
    default boolean undoHooks() {
        return false;
    }

    default HelmTarget canary() {
        return stable().canary();
    }

    /**
     * What this run has left of one Helm release, asked right before it is put back, and forgotten with that: from there on
     * it changes by our own hand.
     */
    Footprint takeBack(HelmTarget release);

    /**
     * The route with both backends.
     *
     * @throws IllegalStateException when there is none; a ledger with a ROUTE always has one
     */
    RouteTarget route();
}
