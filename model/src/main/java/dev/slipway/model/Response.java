package dev.slipway.model;

/** What a verdict leads to, from one table of (verdict, exposure). */
public enum Response {
    /** Go on with the next step. */
    ADVANCE,
    /** Change nothing and wait for evidence or a person. */
    HOLD,
    /** Take the traffic off the canary, keep the canary, call a person. */
    RETREAT,
    /** Put everything back as it was. */
    UNDO;

    /**
     * The response table.
     *
     * @param blindBudgetSpent whether the wait for evidence has used up the environment's blind budget
     */
    public static Response to(Verdict verdict, Exposure exposure, boolean blindBudgetSpent) {
        if (verdict instanceof Verdict.Passed) {
            return ADVANCE;
        }
        if (verdict instanceof Verdict.Failed) {
            return UNDO;
        }
        return exposure == Exposure.SOME && blindBudgetSpent ? RETREAT : HOLD;
    }
}
