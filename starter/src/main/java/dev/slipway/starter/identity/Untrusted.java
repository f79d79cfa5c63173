package dev.slipway.starter.identity;

/** Why the bearer of a token is nobody here: a sentence without anything of the token but what its sender may know. */
public final class Untrusted extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What the sender can do about it. */
    public enum Reason {
        /** The token itself is wrong: forged, too old, for somebody else. */
        TOKEN,
        /** The token is genuine, but no rule means its bearer. */
        BEARER,
        /** Nobody knows yet: the issuer's keys cannot be had. */
        KEYS
    }

    private final Reason reason;

    private Untrusted(Reason reason, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static Untrusted token(String sentence) {
        return new Untrusted(Reason.TOKEN, sentence);
    }

    static Untrusted unknown(String sentence) {
        return new Untrusted(Reason.BEARER, sentence);
    }

    static Untrusted keys(String sentence) {
        return new Untrusted(Reason.KEYS, sentence);
    }
}
