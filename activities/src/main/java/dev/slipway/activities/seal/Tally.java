package dev.slipway.activities.seal;

import dev.slipway.activities.OneLine;
import dev.slipway.model.Digest;
import dev.slipway.workflows.api.Approvals;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.SignedDecision;
import dev.slipway.workflows.undo.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Counts decisions by what is signed in them and by nothing else: pure, no clock of its own. */
final class Tally {
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{16}");

    private final SealRule rule;
    private final Stamp stamp;
    private final Digest fingerprint;
    private final Instant now;
    /** Who approved, by gate. */
    private final Map<String, Set<String>> approved = new LinkedHashMap<>();

    private final List<String> uncounted = new ArrayList<>();
    private Optional<String> rejection = Optional.empty();

    /**
     * @param stamp the release and attempt that is about to be deployed
     * @param fingerprint of what is about to be deployed
     */
    Tally(SealRule rule, Stamp stamp, Digest fingerprint, Instant now) {
        this.rule = rule;
        this.stamp = stamp;
        this.fingerprint = fingerprint;
        this.now = now;
    }

    /** Why these are not enough; empty when they are. */
    Optional<String> refusal(Approvals approvals) {
        for (SignedDecision signed : approvals.given()) {
            uncounted(signed, approvals).ifPresentOrElse(uncounted::add, () -> count(signed.decision()));
        }
        if (rejection.isPresent()) {
            return rejection;
        }
        Set<String> most = approved.values().stream()
                .reduce((a, b) -> b.size() > a.size() ? b : a)
                .orElse(Set.of());
        return most.size() >= rule.votes()
                ? Optional.empty()
                : Optional.of(most.size() + " of " + rule.votes() + " approvals count"
                        + (most.isEmpty() ? "" : " (" + String.join(", ", most) + ")")
                        + (uncounted.isEmpty() ? "" : "; not counted: " + String.join("; ", uncounted)));
    }

    private void count(Decision decision) {
        String who = OneLine.of(decision.actor().subject());
        if (decision.choice() == Decision.Choice.REJECT) {
            rejection = Optional.of(who + " rejected it at " + OneLine.of(decision.gate()));
            return;
        }
        approved.computeIfAbsent(decision.gate(), gate -> new LinkedHashSet<>()).add(who);
    }

    /** Why a decision does not count; names in it are of nobody until its signature is good. */
    private Optional<String> uncounted(SignedDecision signed, Approvals approvals) {
        if (signed == null || !signed.complete()) {
            return Optional.of("one that says nothing");
        }
        if (!signed.verifies(rule.keys().verifiers())) {
            return Optional.of("one that is not signed with " + rule.keys() + " but with " + key(signed.keyId()));
        }
        Decision d = signed.decision();
        String who = "that of " + OneLine.of(d.actor().subject());
        if (!d.release().equals(stamp.release()) || d.attempt() != stamp.attempt()) {
            return Optional.of(who + " is for " + d.release() + " attempt " + d.attempt());
        }
        if (!d.gate().startsWith(rule.environment() + "/")) {
            return Optional.of(who + " was given at " + OneLine.of(d.gate()) + ", not in " + rule.environment());
        }
        if (!d.fingerprint().equals(fingerprint)) {
            return Optional.of(who + " is for other digests, " + d.fingerprint() + " and not " + fingerprint);
        }
        if (d.actor().subject().equals(approvals.requestedBy())) {
            return Optional.of(who + ", who requested the release");
        }
        if (approvals.authors().include(d.actor().subject())) {
            return Optional.of(who + ", who wrote what is released");
        }
        if (!rule.groups().isEmpty() && d.actor().groups().stream().noneMatch(rule.groups()::contains)) {
            return Optional.of(who + ", who is in none of the groups of this worker");
        }
        return d.at().plus(rule.maxAge()).isBefore(now)
                ? Optional.of(who + " is of " + d.at() + ", older than "
                        + rule.maxAge().toHours() + " h")
                : Optional.empty();
    }

    private static String key(String id) {
        return KEY_ID.matcher(id).matches() ? "key " + id : "another one";
    }
}
