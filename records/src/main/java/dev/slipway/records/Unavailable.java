package dev.slipway.records;

/** The records cannot be read or written now; later it may be otherwise. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unavailable(Exception cause) {
        super("the records do not answer: " + cause.getMessage(), cause);
    }
}
