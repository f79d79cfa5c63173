package dev.slipway.workflows.api;

import java.util.Objects;

/**
 * A vote that never reached a gate, for the records. It proves nothing and changes nothing: whoever reaches Temporal can send
 * one, as any other note.
 *
 * @param gate {@code ENVIRONMENT/NAME} that it was for
 * @param by who said it, as far as is known
 * @param choice what was said
 * @param why the sentence that its sender was told
 */
public record Denied(String gate, String by, String choice, String why) {
    /** Nothing in it is null, whatever it is read from. */
    public Denied {
        gate = Objects.requireNonNullElse(gate, "");
        by = Objects.requireNonNullElse(by, "");
        choice = Objects.requireNonNullElse(choice, "");
        why = Objects.requireNonNullElse(why, "");
    }
}
