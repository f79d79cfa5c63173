package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One version of one service on its way, written {@code podinfo@6.9.2}; also the id of its workflow. */
public record ReleaseId(ServiceName service, Version version) {

    /**
     * @throws IllegalArgumentException when the text is not {@code SERVICE@VERSION}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ReleaseId parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("'" + text + "' is not SERVICE@VERSION");
        }
        return new ReleaseId(new ServiceName(text.substring(0, at)), new Version(text.substring(at + 1)));
    }

    @Override
    @JsonValue
    public String toString() {
        return service + "@" + version;
    }
}
