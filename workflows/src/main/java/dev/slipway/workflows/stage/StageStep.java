package dev.slipway.workflows.stage;

import dev.slipway.model.Gate;
import dev.slipway.model.Ramp;
import dev.slipway.model.Weight;
import java.time.Duration;

/** One thing that a stage does or asks, in the order of its plan. */
sealed interface StageStep {
    /** Unique within the stage. */
    String name();

    /** The word of {@link dev.slipway.model.StepView#kind()}. */
    String kind();

    <T> T accept(Cases<T> cases);

    /** A place for every kind of step. */
    interface Cases<T> {
        T prepare(Prepare step);

        T ask(Ask step);

        T rolling(Rolling step);

        T canaryUp(CanaryUp step);

        T rampUp(RampUp step);

        T promote(Promote step);
    }

    /** Render both sides and check the chart contract; touches nothing. */
    record Prepare() implements StageStep {
        @Override
        public String name() {
            return "render";
        }

        @Override
        public String kind() {
            return "render";
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.prepare(this);
        }
    }

    /** A gate; {@code ofCanary} says which side it looks at. */
    record Ask(Gate gate, boolean ofCanary) implements StageStep {
        @Override
        public String name() {
            return gate.name();
        }

        @Override
        public String kind() {
            return gate.accept(new GateKind());
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.ask(this);
        }
    }

    /** Upgrade stable in place; {@code instead} is why a canary is not run, empty when none was asked for. */
    record Rolling(String instead) implements StageStep {
        @Override
        public String name() {
            return "rolling";
        }

        @Override
        public String kind() {
            return "rolling";
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.rolling(this);
        }
    }

    /** Install the canary and make it a backend with no traffic. */
    record CanaryUp(Weight highest) implements StageStep {
        @Override
        public String name() {
            return "canary";
        }

        @Override
        public String kind() {
            return "canary";
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.canaryUp(this);
        }
    }

    /** Raise the canary's share and judge it. */
    record RampUp(Ramp ramp) implements StageStep {
        @Override
        public String name() {
            return "ramp " + ramp.to();
        }

        @Override
        public String kind() {
            return "ramp";
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.rampUp(this);
        }
    }

    /** Upgrade stable, send it all traffic, remove the canary. */
    record Promote(Duration drain) implements StageStep {
        @Override
        public String name() {
            return "promote";
        }

        @Override
        public String kind() {
            return "promote";
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.promote(this);
        }
    }
}
