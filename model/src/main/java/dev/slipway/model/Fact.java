package dev.slipway.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened in a release, or in the recovery of one of its stages, and stays known when Temporal has forgotten it.
 *
 * @param at when, by the workflow's clock
 * @param environment empty for what belongs to the release as a whole
 * @param what in one line, for a person
 * @param details what a program may want to know, by name ({@link Kind} says which); no secrets
 * @param evidence what a verdict rests on, or what people were shown; empty for everything else
 */
public record Fact(
        Instant at,
        Optional<EnvironmentName> environment,
        Kind kind,
        String what,
        Map<String, String> details,
        List<Evidence> evidence) {
    public Fact {
        details = Map.copyOf(details);
        evidence = List.copyOf(evidence);
    }

    /** What kinds of facts there are. */
    public enum Kind {
        /**
         * Somebody requested the release: {@code by}, {@code attempt}, {@code fingerprint} and each digest by name. Or a
         * recovery: {@code by}, {@code goneRun} (of the stage), {@code found}.
         */
        REQUESTED,
        /** Somebody handed in a report: {@code name}, {@code status}, {@code subject}, {@code url}, {@code producedAt}, {@code content}, {@code by}, {@code at}, {@code document}, {@code nonce}, {@code keyId}, {@code signature}. */
        ATTESTED,
        /** A stage's phase changed: {@code phase}, {@code waitingFor}. */
        MOVED,
        /** People are asked for an approval: {@code gate}, {@code group}, {@code votes}, {@code expires}, {@code fingerprint}, {@code undo}, and {@code diff}, the digest of what changes, when it is known; with what was on the table as evidence. */
        ASKED,
        /** A person's vote counts: {@code gate}, {@code by}, {@code choice}, {@code reason}, {@code nonce}, {@code keyId}, {@code signature}; with it {@code summary} of all votes, {@code missing} approvals. */
        DECIDED,
        /** Something that looks like a decision or like evidence came past the starter and changed nothing: as {@link #DECIDED} or {@link #ATTESTED} as far as it is known, and {@code why}. */
        IGNORED,
        /** The starter turned a vote away, so that no gate heard of it: {@code gate}, {@code by}, {@code choice}, {@code why}. */
        DENIED,
        /** A step has its verdict: {@code step}, {@code verdict}. */
        JUDGED,
        /** The stage goes no further: {@code cause}. */
        STOPPED,
        /** The undo of one resource ended: {@code resource}, {@code result}. */
        PUT_BACK,
        /** The stage, or the release when there is no environment, has ended: {@code outcome}. */
        ENDED
    }

    /** Whether it waits for the next one to be told with; whatever a person may be waiting for does not. */
    public boolean canWait() {
        return kind == Kind.JUDGED
                || kind == Kind.STOPPED
                || kind == Kind.PUT_BACK
                || kind == Kind.MOVED && details.getOrDefault("waitingFor", "").isEmpty();
    }
}
