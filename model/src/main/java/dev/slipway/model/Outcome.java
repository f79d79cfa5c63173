package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a stage or a release ended. A stage that Passed for a release that goes on is Promoted there. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Promoted.class, name = "PROMOTED"),
    @JsonSubTypes.Type(value = Outcome.RolledBack.class, name = "ROLLED_BACK"),
    @JsonSubTypes.Type(value = Outcome.Rejected.class, name = "REJECTED"),
    @JsonSubTypes.Type(value = Outcome.Expired.class, name = "EXPIRED"),
    @JsonSubTypes.Type(value = Outcome.Aborted.class, name = "ABORTED"),
    @JsonSubTypes.Type(value = Outcome.Superseded.class, name = "SUPERSEDED"),
    @JsonSubTypes.Type(value = Outcome.Interfered.class, name = "INTERFERED"),
    @JsonSubTypes.Type(value = Outcome.Refused.class, name = "REFUSED"),
    @JsonSubTypes.Type(value = Outcome.LeftAsIs.class, name = "LEFT_AS_IS")
})
public sealed interface Outcome {
    /** The word of the JSON and of SlipwayOutcome. */
    String word();

    /** Why, for a person; empty for Promoted. */
    String reason();

    /** The word, and why if there is more to say. */
    default String words() {
        return reason().isEmpty() ? word() : word() + ": " + reason();
    }

    /** Everything is new. */
    record Promoted() implements Outcome {
        @Override
        public String word() {
            return "PROMOTED";
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /** Something was wrong and everything is back as it was, verified. */
    record RolledBack(EnvironmentName environment, String reason) implements Outcome {
        @Override
        public String word() {
            return "ROLLED_BACK";
        }
    }

    /** A person said no; what was touched is back as it was. */
    record Rejected(Actor by, String reason) implements Outcome {
        @Override
        public String word() {
            return "REJECTED";
        }
    }

    /** Nobody decided in time; what was touched is back as it was. */
    record Expired(String gate, String reason) implements Outcome {
        @Override
        public String word() {
            return "EXPIRED";
        }
    }

    /** A person stopped it; what was touched is back as it was. */
    record Aborted(String by, String reason) implements Outcome {
        @Override
        public String word() {
            return "ABORTED";
        }
    }

    /** Another release took its place; what was touched is back as it was. */
    record Superseded(ReleaseId by, String reason) implements Outcome {
        @Override
        public String word() {
            return "SUPERSEDED";
        }
    }

    /** Somebody else changed something after our first touch; theirs was left alone. */
    record Interfered(EnvironmentName environment, String reason) implements Outcome {
        @Override
        public String word() {
            return "INTERFERED";
        }
    }

    /** It was not started in this environment; nothing was touched. */
    record Refused(EnvironmentName environment, String reason) implements Outcome {
        @Override
        public String word() {
            return "REFUSED";
        }
    }

    /** A person accepted what an undo could not put back. */
    record LeftAsIs(Actor by, String reason) implements Outcome {
        @Override
        public String word() {
            return "LEFT_AS_IS";
        }
    }
}
