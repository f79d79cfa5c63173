package dev.slipway.workflows.release;

import dev.slipway.model.Outcome;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.StageWorkflow;

/** Why a release does not go on; the first one counts. */
sealed interface Halt {
    /** How the release ends where no stage says it. */
    Outcome outcome();

    /** What is being done to the release, and by whom. */
    String words();

    /** Makes the running stage put back what it did. */
    void stop(StageWorkflow stage);

    /** A person stopped it. */
    record Abort(Said said) implements Halt {
        @Override
        public Outcome outcome() {
            return new Outcome.Aborted(said.by().subject(), said.words("aborted"));
        }

        @Override
        public String words() {
            return "aborted already, by " + said.by();
        }

        @Override
        public void stop(StageWorkflow stage) {
            stage.stop(said);
        }
    }

    /** A newer release takes the slot. */
    record Superseded(ReleaseId by) implements Halt {
        @Override
        public Outcome outcome() {
            return new Outcome.Superseded(by, "superseded by " + by);
        }

        @Override
        public String words() {
            return "superseded already, by " + by;
        }

        @Override
        public void stop(StageWorkflow stage) {
            stage.supersede(by);
        }
    }
}
