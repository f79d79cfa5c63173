package dev.slipway.workflows.api;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Who has a slot after a stage has asked for it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Claimed.Ours.class, name = "ours"),
    @JsonSubTypes.Type(value = Claimed.Taken.class, name = "taken")
})
public sealed interface Claimed {
    /**
     * The slot is the asking stage's, and what it asked for is written down.
     *
     * @param epoch the highest epoch that was ever given out in this slot; new ones must be higher
     */
    record Ours(long epoch) implements Claimed {}

    /** Another stage's claim is open; nothing was written. */
    record Taken(Claim by) implements Claimed {}
}
