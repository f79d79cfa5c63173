package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of an environment of the platform team's configuration, such as {@code production}; a DNS label. */
public record EnvironmentName(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    /**
     * @throws IllegalArgumentException when the text is not an environment name (lower-case letters, digits and '-', at most 40)
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EnvironmentName {
        if (value.length() > 40 || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not an environment name (lower-case letters, digits and '-', at most 40)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
