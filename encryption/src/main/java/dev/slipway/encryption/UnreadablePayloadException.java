package dev.slipway.encryption;

import io.temporal.payload.codec.PayloadCodecException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A payload cannot be decrypted here and now; says which key it needs and what to do, and nothing of its content. It must
 * not be a DataConverterException: the SDK drops a signal for one, and goes on without it for ever.
 */
public final class UnreadablePayloadException extends PayloadCodecException {
    private static final long serialVersionUID = 1;
    private static final String MORE =
            " What needs it is tried again, so nothing is lost meanwhile (docs/encryption.md).";

    private UnreadablePayloadException(String message) {
        super(message);
    }

    static UnreadablePayloadException noKey(String id, Path file) {
        return of(id, "which this process does not have: put it into " + file + " (mode 600), without a restart.");
    }

    static UnreadablePayloadException noKeys(String id) {
        return of(id, "and this process has no keys: set slipway.encryption.keys to the folder with " + id + ".key.");
    }

    static UnreadablePayloadException unusableKey(String id, IllegalArgumentException why) {
        return of(id, "which cannot be used here: " + why.getMessage() + ".");
    }

    static UnreadablePayloadException changed(String id) {
        return of(
                id,
                "but does not open with it: it was changed since, or " + id
                        + ".key holds another key here than where it was encrypted.");
    }

    static UnreadablePayloadException foreign() {
        return new UnreadablePayloadException(
                "a payload is encrypted, but not by Slipway: it names no key of which the id could be one here."
                        + MORE);
    }

    /** The one among the causes, empty when it was something else. */
    public static Optional<UnreadablePayloadException> in(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(UnreadablePayloadException.class::isInstance)
                .map(UnreadablePayloadException.class::cast)
                .findFirst();
    }

    private static UnreadablePayloadException of(String id, String why) {
        return new UnreadablePayloadException("a payload is encrypted with the key '" + id + "', " + why + MORE);
    }
}
