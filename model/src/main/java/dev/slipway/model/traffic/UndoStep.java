package dev.slipway.model.traffic;

import dev.slipway.model.Weight;

/**
 * The next step of an undo. The order is: the load, which nobody needs any more, traffic off the new version to a ready
 * side, STABLE, ROUTE, CANARY. It never sends traffic to a side that is not ready while the other one is, and never removes
 * a canary that has traffic. A load that cannot be ended is in the way of nothing else.
 */
public enum UndoStep {
    /** The Jobs that send requests go. */
    END_LOAD,
    /** All traffic to stable, the canary's backend kept. */
    TRAFFIC_TO_STABLE,
    /** All traffic to the canary: stable is not ready and the canary is, bad as it may be. */
    TRAFFIC_TO_CANARY,
    /** STABLE back to its prior state, then wait until it is ready. */
    RESTORE_STABLE,
    /** ROUTE back to its prior state. */
    RESTORE_ROUTE,
    /** CANARY back to its prior state, which mostly is absent. */
    RESTORE_CANARY,
    /** There is no safe step left: a person must look. */
    STUCK,
    /** Everything is back. */
    DONE;

    /** Decides from what is there. */
    public static UndoStep next(Situation now) {
        if (now.load() == Debt.OWED) {
            return END_LOAD;
        }
        if (now.stable() == Debt.OWED) {
            return beforeStable(now);
        }
        if (now.route() == Debt.OWED) {
            return beforeRoute(now);
        }
        if (now.stable() == Debt.FAILED || now.route() == Debt.FAILED || now.canary() == Debt.FAILED) {
            return STUCK;
        }
        if (now.canary() == Debt.OWED) {
            // a route that somebody else took over may still send traffic there
            return now.canaryWeight().equals(Weight.NONE) ? RESTORE_CANARY : STUCK;
        }
        return now.load() == Debt.FAILED ? STUCK : DONE;
    }

    /** While stable is being put back, traffic belongs to the side that is ready; stable first, old pods may serve there. */
    private static UndoStep beforeStable(Situation now) {
        if (now.route() != Debt.OWED) {
            return RESTORE_STABLE;
        }
        if (now.stableReady()) {
            return now.canaryWeight().equals(Weight.NONE) ? RESTORE_STABLE : TRAFFIC_TO_STABLE;
        }
        if (now.canaryReady()) {
            return now.canaryWeight().equals(Weight.ALL) ? RESTORE_STABLE : TRAFFIC_TO_CANARY;
        }
        return RESTORE_STABLE;
    }

    /** Stable is what it was, or could not be put back; if it is not ready, a ready canary keeps the traffic. */
    private static UndoStep beforeRoute(Situation now) {
        boolean canaryIsSafer = !now.stableReady() && now.canaryReady();
        if (canaryIsSafer) {
            return now.canaryWeight().equals(Weight.ALL) ? STUCK : TRAFFIC_TO_CANARY;
        }
        if (now.stable() == Debt.FAILED) {
            // what stable runs is not what it was: take the traffic off the canary, but do not call it restored
            boolean toStable = now.stableReady() && !now.canaryWeight().equals(Weight.NONE);
            return toStable ? TRAFFIC_TO_STABLE : STUCK;
        }
        return RESTORE_ROUTE;
    }
}
