package dev.slipway.records;

/** A fact came again with other content. What is kept stays; saying it again changes nothing. */
public final class Contradiction extends RuntimeException {
    private static final long serialVersionUID = 1;

    Contradiction(String message) {
        super(message);
    }
}
