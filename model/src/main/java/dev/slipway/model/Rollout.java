package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;

/** How the new version gets in. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Rollout.Rolling.class, name = "rolling"),
    @JsonSubTypes.Type(value = Rollout.Canary.class, name = "canary")
})
public sealed interface Rollout {

    /** One answer per kind of rollout. */
    <T> T accept(Cases<T> cases);

    /** A place for every kind of rollout. */
    interface Cases<T> {
        T rolling(Rolling rollout);

        T canary(Canary rollout);
    }

    /** The Helm release is upgraded in place, as its Deployment's own strategy says. */
    record Rolling() implements Rollout {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.rolling(this);
        }
    }

    /**
     * A second Helm release of the new version gets a rising share of the traffic before stable is upgraded.
     *
     * @param beforeTraffic gates on the canary while it has no traffic
     * @param ramps at least one, rising
     * @param drain how long the canary keeps serving what it has after its traffic is taken off
     */
    record Canary(List<Gate> beforeTraffic, List<Ramp> ramps, Duration drain) implements Rollout {
        /**
         * @throws IllegalArgumentException when there is no ramp or they do not rise
         */
        public Canary {
            beforeTraffic = List.copyOf(beforeTraffic);
            ramps = List.copyOf(ramps);
            if (ramps.isEmpty()) {
                throw new IllegalArgumentException("a canary needs at least one ramp");
            }
            for (int i = 1; i < ramps.size(); i++) {
                if (ramps.get(i).to().compareTo(ramps.get(i - 1).to()) <= 0) {
                    throw new IllegalArgumentException("ramps must rise: "
                            + ramps.get(i).to() + " follows " + ramps.get(i - 1).to());
                }
            }
        }

        /** The highest share of traffic that the canary gets; its size follows from it. */
        public Weight highest() {
            return ramps.get(ramps.size() - 1).to();
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.canary(this);
        }
    }
}
