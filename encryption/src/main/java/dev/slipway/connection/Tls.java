package dev.slipway.connection;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings {@code temporal.tls}, in the worker's and the starter's namespace; empty text counts as absent, so that it can
 * come from an unset variable.
 *
 * @param enabled on by itself as soon as anything else is set here
 * @param caFile PEM, who may have signed Temporal's certificate; Java's own list when absent
 * @param certificateFile PEM, what this process shows to Temporal, its own certificate first
 * @param keyFile PEM (PKCS#8), of that certificate
 * @param serverName which name Temporal's certificate must have, when it is not that of the address
 */
public record Tls(
        @Nullable Boolean enabled,
        @Nullable String caFile,
        @Nullable String certificateFile,
        @Nullable String keyFile,
        @Nullable String serverName) {
    /** Nothing is set. */
    public static final Tls NONE = new Tls(null, null, null, null, null);

    /** @throws IllegalArgumentException when the settings contradict each other */
    public Tls {
        caFile = presence(caFile);
        certificateFile = presence(certificateFile);
        keyFile = presence(keyFile);
        serverName = presence(serverName);
        if (certificateFile == null && keyFile != null) {
            throw new IllegalArgumentException("temporal.tls.key-file is set without temporal.tls.certificate-file:"
                    + " Temporal is shown both or neither");
        }
        if (certificateFile != null && keyFile == null) {
            throw new IllegalArgumentException("temporal.tls.certificate-file is set without temporal.tls.key-file:"
                    + " Temporal is shown both or neither");
        }
        if (Boolean.FALSE.equals(enabled)
                && Stream.of(caFile, certificateFile, serverName).anyMatch(said -> said != null)) {
            throw new IllegalArgumentException(
                    "temporal.tls.enabled is false, but temporal.tls has files or a server-name:"
                            + " take one or the other away");
        }
    }

    /** Whether anything here asks for it. */
    boolean wanted() {
        return Boolean.TRUE.equals(enabled)
                || Stream.of(caFile, certificateFile, serverName).anyMatch(said -> said != null);
    }

    boolean refused() {
        return Boolean.FALSE.equals(enabled);
    }

    static @Nullable String presence(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
