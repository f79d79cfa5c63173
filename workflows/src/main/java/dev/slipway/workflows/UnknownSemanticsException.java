package dev.slipway.workflows;

/** A plan that only another build can read. No failure of a release: it waits for a worker that can. */
public final class UnknownSemanticsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownSemanticsException(String message) {
        super(message);
    }
}
