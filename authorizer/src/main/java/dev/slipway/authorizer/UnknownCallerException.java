package dev.slipway.authorizer;

/** A certificate that is nobody's; the message may be shown to whoever has shown it. */
final class UnknownCallerException extends Exception {
    private static final long serialVersionUID = 1;

    UnknownCallerException(String message) {
        super(message);
    }
}
