package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A content digest, {@code sha256:} and 64 hexadecimal digits: what an artifact is, whatever it is called. */
public record Digest(@JsonValue String value) {
    private static final String ALGORITHM = "sha256:";
    private static final Pattern FORM = Pattern.compile(ALGORITHM + "[0-9a-f]{64}");

    /**
     * @throws IllegalArgumentException when the text is not a digest (sha256: and 64 lower-case hexadecimal digits)
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        if (value.length() > 71 || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not a digest (sha256: and 64 lower-case hexadecimal digits)");
        }
    }

    /** The 64 hexadecimal digits alone: fit for the name of a file. */
    public String hex() {
        return value.substring(ALGORITHM.length());
    }

    @Override
    public String toString() {
        return value;
    }
}
