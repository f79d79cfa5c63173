package dev.slipway.activities.slot;

/** Which workflows run, as far as one can tell. */
@FunctionalInterface
interface WorkflowRuns {
    /**
     * Watches it for a few seconds: false once it is closed for certain or was never there, true as long as it may run.
     *
     * @param run empty: whichever run of it is the latest
     */
    boolean mayRun(String workflow, String run);
}
