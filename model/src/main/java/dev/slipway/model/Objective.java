package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/** The share of events that must be good, written {@code 99.9%}; more than 0 and less than 100 percent. */
public record Objective(BigDecimal percent) {

    /**
     * @throws IllegalArgumentException when not strictly between 0 and 100
     */
    public Objective {
        if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) >= 0) {
            throw new IllegalArgumentException("an objective lies between 0% and 100%, not " + percent + "%");
        }
    }

    /**
     * Reads {@code 99.9%}.
     *
     * @throws IllegalArgumentException when the text is no percentage between 0 and 100
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Objective parse(String text) {
        if (!text.endsWith("%")) {
            throw new IllegalArgumentException("'" + text + "' is no percentage such as 99.9%");
        }
        try {
            return new Objective(new BigDecimal(text.substring(0, text.length() - 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no percentage such as 99.9%", e);
        }
    }

    /** The share of events that may be bad, 0 to 1: the error budget. */
    public double allowedBad() {
        return 1 - percent.doubleValue() / 100;
    }

    @Override
    @JsonValue
    public String toString() {
        return percent.toPlainString() + "%";
    }
}
