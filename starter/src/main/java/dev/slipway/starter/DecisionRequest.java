package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.workflows.api.Decision;
import org.jspecify.annotations.Nullable;

/**
 * A person's word at a gate.
 *
 * @param gate {@code ENVIRONMENT/NAME}; the one that waits by default
 * @param fingerprint of the digests that the person saw; those of the release by default
 * @param attempt that the person saw; the latest by default
 */
record DecisionRequest(
        @Nullable String gate,
        Decision.@Nullable Choice choice,
        @Nullable String reason,
        @Nullable Digest fingerprint,
        @Nullable Integer attempt) {

    Decision.Choice requiredChoice() {
        if (choice == null) {
            throw Refusal.malformed("choice is missing: APPROVE or REJECT");
        }
        return choice;
    }
}
