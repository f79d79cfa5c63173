package dev.slipway.pipeline;

/** An archive that is no bundle of ours, or must not be unpacked; the message says which entry and why. */
public final class BundleException extends RuntimeException {
    BundleException(String message) {
        super(message);
    }

    BundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
