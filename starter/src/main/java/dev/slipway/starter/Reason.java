package dev.slipway.starter;

import org.jspecify.annotations.Nullable;

/** Why somebody asks for something; may be empty. */
record Reason(@Nullable String reason) {
    static final Reason NONE = new Reason("");

    String text() {
        return reason == null ? "" : SafeText.line(reason);
    }
}
