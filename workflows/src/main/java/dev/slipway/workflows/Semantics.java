package dev.slipway.workflows;

import dev.slipway.model.ReleasePlan;

/**
 * The meanings of a plan that this build can read. A workflow decides by {@link #of} at its start, once, which code reads
 * its plan; a further meaning is a further constant here, and the compiler shows every switch that must know it.
 */
public enum Semantics {
    /** Stages in order, each a transaction: the steps of {@code StageSteps}, the response table, the undo ledger. */
    FIRST(1);

    private final int number;

    Semantics(int number) {
        this.number = number;
    }

    /**
     * What the plan was made to mean.
     *
     * @throws UnknownSemanticsException when only a newer build knows; thrown in a workflow, it fails the workflow task, not
     *     the workflow: the release waits, touches nothing more, and goes on at a worker that knows
     */
    public static Semantics of(ReleasePlan plan) {
        for (Semantics known : values()) {
            if (known.number == plan.semantics()) {
                return known;
            }
        }
        throw new UnknownSemanticsException("the plan of " + plan.service() + " has semantics " + plan.semantics()
                + ", this worker reads up to " + values()[values().length - 1].number
                + "; nothing is lost, the release waits: start a control worker of the version that made the plan, or a"
                + " newer one");
    }
}
