package dev.slipway.workflows.api;

import java.util.Map;

/**
 * An approval that a release waits for, with all that a message about it needs.
 *
 * @param number of the fact that asked
 * @param details of that fact
 * @param votes how the votes stand since then; empty when nobody has decided
 */
public record Question(long number, Map<String, String> details, String votes) {
    public Question {
        details = Map.copyOf(details);
    }
}
