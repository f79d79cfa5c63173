package dev.slipway.pipeline;

import dev.slipway.model.Rule;
import java.time.Duration;

/** How SLOs decide: the rule of a ramp or a soak. */
final class Rules {
    private static final int ENOUGH = 5;

    private final Durations durations;

    Rules(Problems problems) {
        this.durations = new Durations(problems);
    }

    /** The default when the gate says nothing. */
    Rule of(Part gate) {
        Part rule = gate.get("rule");
        if (rule.has("burnRate")) {
            return new Rule.BurnRate();
        }
        if (rule.has("consecutive")) {
            Part body = rule.get("consecutive");
            return new Rule.Consecutive(every(body), (int) body.number("limit", 1), enough(body));
        }
        if (rule.has("failureLimit")) {
            Part body = rule.get("failureLimit");
            return new Rule.FailureLimit(every(body), (int) body.number("limit", 0), enough(body));
        }
        return Rule.DEFAULT;
    }

    private Duration every(Part body) {
        return durations.positive(body.get("every"), Duration.ofMinutes(1));
    }

    private static int enough(Part body) {
        return (int) body.number("enough", ENOUGH);
    }
}
