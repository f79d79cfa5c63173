package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The version of a service that is released; by default also the image tag, so it has the form of one. */
public record Version(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*");

    /**
     * @throws IllegalArgumentException when the text is not a version (letters, digits, '_', '.', '+' and '-', at most 128)
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Version {
        if (value.length() > 128 || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not a version (letters, digits, '_', '.', '+' and '-', at most 128)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
