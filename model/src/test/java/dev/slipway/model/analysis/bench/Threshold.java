package dev.slipway.model.analysis.bench;

/**
 * A threshold rule as Flagger and Argo Rollouts document them: every {@code every} seconds the bad share of the last
 * {@code window} seconds is compared with the objective; the {@code failures}-th look beyond it, in all and not in a row, ends
 * the release.
 */
record Threshold(Tool tool, int every, int window, int failures) {

    /** Which of them it is. */
    enum Tool {
        /** Looks at its count at the begin of the next tick, so it is one interval late. */
        FLAGGER,
        /** Ends the run with the measurement that is one too many. */
        ARGO
    }

    /** Whether it is this tool's and looks no more often than that. */
    boolean is(Tool which, int atLeast) {
        return tool == which && every >= atLeast;
    }

    /** Seconds from the deciding look to the end. */
    int grace() {
        return tool == Tool.FLAGGER ? every : 0;
    }

    @Override
    public String toString() {
        return "every " + every + " s over " + window + " s, "
                + (tool == Tool.FLAGGER ? "threshold " + failures : "failureLimit " + (failures - 1));
    }
}
