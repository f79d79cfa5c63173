package dev.slipway.workflows.api;

import dev.slipway.model.Environment;
import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;
import dev.slipway.workflows.undo.Stamp;
import java.util.Map;
import java.util.Optional;

/**
 * What one stage has taken in its slot, and all that an undo needs. It is kept in the cluster, in the Lease
 * {@code slipway-<service>}, so that a slot can be put back even when Temporal no longer knows the stage.
 *
 * @param stable the Helm release that users are on; the canary stands beside it
 * @param route absent for a service without a route
 * @param ledger what each touched resource was before the first touch
 * @param epoch the highest epoch that was given out
 */
public record Claim(
        Stamp stamp,
        Environment environment,
        HelmTarget stable,
        Optional<RouteTarget> route,
        Map<Resource, PriorState> ledger,
        long epoch) {
    public Claim {
        ledger = Map.copyOf(ledger);
    }
}
