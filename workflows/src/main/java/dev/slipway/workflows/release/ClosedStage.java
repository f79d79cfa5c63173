package dev.slipway.workflows.release;

import dev.slipway.model.Alert;
import dev.slipway.model.SlotId;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;

/** What is known of a stage that somebody closed in Temporal: its own word is lost. */
final class ClosedStage {
    private ClosedStage() {}

    static String reason(SlotId slot, ChildWorkflowFailure closed) {
        String stage = "the stage in " + slot.environment();
        return closed.getCause() instanceof CanceledFailure
                ? stage + " was cancelled in Temporal; it has put back what it did, its last word is in its history"
                : stage + " was closed by force in Temporal, so nobody has put back what it did; next: slipway recover "
                        + slot.service() + " --environment " + slot.environment() + "; runbook: "
                        + Alert.SlipwayOrphan.runbook();
    }
}
