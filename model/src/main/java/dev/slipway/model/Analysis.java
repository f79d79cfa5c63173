package dev.slipway.model;

import java.time.Duration;
import java.util.List;

/**
 * How a ramp is judged before the next one: it ends with Passed when health is shown, at the earliest after {@code atLeast}
 * with enough requests, with Failed as soon as the evidence against the canary is there, and undecided after {@code atMost}.
 *
 * @param against what the canary is compared with
 * @param rule how the events of its SLOs decide
 * @param warmUp time after the weight is in force that does not count
 * @param minRequests requests to the canary without which nothing passes
 */
public record Analysis(
        List<Slo> slos,
        Against against,
        Rule rule,
        Duration warmUp,
        Duration atLeast,
        Duration atMost,
        long minRequests) {
    /** A plan that was written before these could be said means the defaults. */
    public Analysis {
        slos = List.copyOf(slos);
        against = against == null ? Against.STABLE : against;
        rule = rule == null ? Rule.DEFAULT : rule;
    }

    /** Judged by default: beside stable, as soon as the evidence allows. */
    public Analysis(List<Slo> slos, Duration warmUp, Duration atLeast, Duration atMost, long minRequests) {
        this(slos, Against.STABLE, Rule.DEFAULT, warmUp, atLeast, atMost, minRequests);
    }
}
