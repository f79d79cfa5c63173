package dev.slipway.model;

import java.time.Duration;
import java.util.List;

/**
 * How a ramp is judged before the next one: it ends with Passed at the earliest after {@code atLeast} with enough
 * requests, with Failed as soon as an SLO is breached, and undecided after {@code atMost}.
 *
 * @param warmUp time after the weight is in force that does not count
 * @param minRequests requests to the canary that a verdict needs
 */
public record Analysis(List<Slo> slos, Duration warmUp, Duration atLeast, Duration atMost, long minRequests) {
    public Analysis {
        slos = List.copyOf(slos);
    }
}
