package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of what is released; a DNS label of at most 53 characters, because it names Helm releases. */
public record ServiceName(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    /**
     * @throws IllegalArgumentException when the text is not a service name (lower-case letters, digits and '-', at most 53)
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ServiceName {
        if (value.length() > 53 || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not a service name (lower-case letters, digits and '-', at most 53)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
