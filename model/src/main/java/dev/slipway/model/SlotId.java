package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The place a stage runs in, written {@code podinfo:production}; also the id of its workflow, so two releases can never
 * act in one place.
 */
public record SlotId(ServiceName service, EnvironmentName environment) {

    /**
     * @throws IllegalArgumentException when the text is not {@code SERVICE:ENVIRONMENT}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SlotId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + text + "' is not SERVICE:ENVIRONMENT");
        }
        return new SlotId(new ServiceName(text.substring(0, colon)), new EnvironmentName(text.substring(colon + 1)));
    }

    @Override
    @JsonValue
    public String toString() {
        return service + ":" + environment;
    }
}
