package dev.slipway.pipeline;

/** A registry did not say which digest a tag has; the message says what to do instead. */
public final class RegistryException extends RuntimeException {
    RegistryException(ImageReference image, String why) {
        super("cannot find the digest of " + image + ": " + why + "; give it with --image-digest sha256:...");
    }
}
