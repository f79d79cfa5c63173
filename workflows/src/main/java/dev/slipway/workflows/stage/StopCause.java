package dev.slipway.workflows.stage;

import dev.slipway.model.Actor;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Outcome;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.Said;

/** Why a stage does not go on. */
sealed interface StopCause {
    /** How the stage ends when everything that it touched is back. */
    Outcome outcome(EnvironmentName environment, boolean touched);

    /** For the board. */
    String reason();

    /** A gate or an action says that the version is bad, or that it cannot be done. */
    record Failure(String reason) implements StopCause {
        @Override
        public Outcome outcome(EnvironmentName environment, boolean touched) {
            return touched ? new Outcome.RolledBack(environment, reason) : new Outcome.Refused(environment, reason);
        }
    }

    /** A person stopped the release. */
    record Abort(Said said) implements StopCause {
        @Override
        public Outcome outcome(EnvironmentName environment, boolean touched) {
            return new Outcome.Aborted(said.by().subject(), reason());
        }

        @Override
        public String reason() {
            return said.words("aborted");
        }
    }

    /** The workflow was cancelled, in the Temporal UI or by its CLI. */
    record Cancelled() implements StopCause {
        @Override
        public Outcome outcome(EnvironmentName environment, boolean touched) {
            return new Outcome.Aborted("somebody with access to Temporal", reason());
        }

        @Override
        public String reason() {
            return "cancelled in Temporal";
        }
    }

    /** A person said no at a gate. */
    record Rejected(Actor by, String gate, String why) implements StopCause {
        @Override
        public Outcome outcome(EnvironmentName environment, boolean touched) {
            return new Outcome.Rejected(by, reason());
        }

        @Override
        public String reason() {
            return "rejected by " + by + " at " + gate + (why.isEmpty() ? "" : ": " + why);
        }
    }

    /** Somebody else changed what the stage was working on. */
    record Interfered(String reason) implements StopCause {
        @Override
        public Outcome outcome(EnvironmentName environment, boolean touched) {
            return new Outcome.Interfered(environment, reason);
        }
    }

    /** A newer release takes the slot. */
    record Superseded(ReleaseId by) implements StopCause {
        @Override
        public Outcome outcome(EnvironmentName environment, boolean touched) {
            return new Outcome.Superseded(by, reason());
        }

        @Override
        public String reason() {
            return "superseded by " + by;
        }
    }

    /** Nobody decided in time. */
    record Expired(String gate, String reason) implements StopCause {
        @Override
        public Outcome outcome(EnvironmentName environment, boolean touched) {
            return new Outcome.Expired(gate, reason);
        }
    }

    /** The stage is gone, and a person asked for its undo. */
    record Orphaned(String reason) implements StopCause {
        @Override
        public Outcome outcome(EnvironmentName environment, boolean touched) {
            String what = touched ? reason : "nothing had been touched, the slot is free again (" + reason + ")";
            return new Outcome.RolledBack(environment, what);
        }
    }
}
