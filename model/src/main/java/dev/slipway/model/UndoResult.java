package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How the undo of one resource ended, verified by reading back. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UndoResult.Restored.class, name = "RESTORED"),
    @JsonSubTypes.Type(value = UndoResult.AlreadyThere.class, name = "ALREADY_THERE"),
    @JsonSubTypes.Type(value = UndoResult.NotOurs.class, name = "NOT_OURS"),
    @JsonSubTypes.Type(value = UndoResult.Failed.class, name = "FAILED")
})
public sealed interface UndoResult {
    /** For a person: what is there now, or what went wrong. */
    String detail();

    /** The word of the JSON: RESTORED, ALREADY_THERE, NOT_OURS or FAILED. */
    String word();

    /** Whether the resource is now what it was before, as far as we may say. */
    default boolean done() {
        return this instanceof Restored || this instanceof AlreadyThere;
    }

    /** It is back, and was read back. */
    record Restored(String detail) implements UndoResult {
        @Override
        public String word() {
            return "RESTORED";
        }
    }

    /** It was never changed, or was back already. */
    record AlreadyThere(String detail) implements UndoResult {
        @Override
        public String word() {
            return "ALREADY_THERE";
        }
    }

    /** Somebody else changed it after our first touch; it was left alone. */
    record NotOurs(String detail) implements UndoResult {
        @Override
        public String word() {
            return "NOT_OURS";
        }
    }

    /** It could not be put back, or could not be verified. */
    record Failed(String detail) implements UndoResult {
        @Override
        public String word() {
            return "FAILED";
        }
    }
}
