package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The share of traffic that goes to the canary, in whole percent, 0 to 100. */
public record Weight(@JsonValue int percent) implements Comparable<Weight> {
    /** No traffic to the canary. */
    public static final Weight NONE = new Weight(0);

    /** All traffic to the canary. */
    public static final Weight ALL = new Weight(100);

    /**
     * @throws IllegalArgumentException when outside 0 to 100
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Weight {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("a weight is 0 to 100 percent, not " + percent);
        }
    }

    /** What is left for stable. */
    public int stablePercent() {
        return 100 - percent;
    }

    @Override
    public int compareTo(Weight other) {
        return Integer.compare(percent, other.percent);
    }

    @Override
    public String toString() {
        return percent + "%";
    }
}
