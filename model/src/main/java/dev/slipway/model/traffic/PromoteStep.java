package dev.slipway.model.traffic;

/** The next step of a promotion: stable gets the new version while the canary keeps its share, then takes all traffic. */
public enum PromoteStep {
    /** Upgrade STABLE and wait until it is ready. */
    UPGRADE_STABLE,
    /** All traffic to stable and the canary's backend removed from the route. */
    TRAFFIC_TO_STABLE,
    /** Uninstall the canary, which has no traffic any more. */
    REMOVE_CANARY,
    /** The new version is not ready on stable: undo. */
    FAIL,
    /** Everything is new. */
    DONE;

    /**
     * Decides from what is there.
     *
     * @param upgraded whether stable has been brought to the new version
     * @param stableReady whether stable could take traffic
     * @param routed whether the canary is still a backend of the route
     * @param canaryThere whether the canary is still installed
     */
    public static PromoteStep next(boolean upgraded, boolean stableReady, boolean routed, boolean canaryThere) {
        if (!upgraded) {
            return UPGRADE_STABLE;
        }
        if (routed) {
            return stableReady ? TRAFFIC_TO_STABLE : FAIL;
        }
        return canaryThere ? REMOVE_CANARY : DONE;
    }
}
