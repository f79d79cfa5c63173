package dev.slipway.connection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a process shows who it is to Temporal, and knows Temporal.
 *
 * @param apiKeyFile holds a token that is sent as {@code Authorization: Bearer}; it asks for TLS, as nobody else may read it
 */
public record Access(Tls tls, @Nullable String apiKeyFile) {
    /** Plain, to a Temporal that asks nobody who they are. */
    public static final Access NONE = new Access(Tls.NONE, null);

    /** @throws IllegalArgumentException when a file cannot be used, or the settings contradict each other */
    public Access {
        apiKeyFile = Tls.presence(apiKeyFile);
        if (apiKeyFile != null && tls.refused()) {
            throw new IllegalArgumentException("temporal.tls.enabled is false, but temporal.api-key-file is set:"
                    + " the key would cross the network in the clear");
        }
        authorities(tls);
        certificate(tls);
        key(apiKeyFile);
    }

    /** Whether the connection is encrypted. */
    public boolean encrypted() {
        return tls.wanted() || apiKeyFile != null;
    }

    Optional<Authorities> authorities() {
        return authorities(tls);
    }

    Optional<OwnCertificate> certificate() {
        return certificate(tls);
    }

    Optional<ApiKey> key() {
        return key(apiKeyFile);
    }

    Optional<String> serverName() {
        return Optional.ofNullable(tls.serverName());
    }

    /** What the process says of it at its start. */
    public String words() {
        if (!encrypted()) {
            return "without TLS: who is on the way reads and writes all of it (temporal.tls)";
        }
        List<String> words = new ArrayList<>();
        words.add("with TLS, its certificate signed by "
                + (tls.caFile() == null ? "one of Java's own list" : "one of " + tls.caFile()));
        serverName().ifPresent(name -> words.add("in the name of " + name));
        words.add(certificate()
                .map(shown -> "this process shows " + shown.words())
                .orElse("this process shows no certificate"));
        words.add(apiKeyFile == null ? "and sends no API key" : "and sends the API key of " + apiKeyFile);
        return String.join(", ", words);
    }

    private static Optional<Authorities> authorities(Tls tls) {
        return Optional.ofNullable(tls.caFile())
                .map(Path::of)
                .map(file -> Authorities.open("temporal.tls.ca-file", file));
    }

    private static Optional<OwnCertificate> certificate(Tls tls) {
        return tls.certificateFile() == null || tls.keyFile() == null
                ? Optional.empty()
                : Optional.of(
                        OwnCertificate.open("temporal.tls", Path.of(tls.certificateFile()), Path.of(tls.keyFile())));
    }

    private static Optional<ApiKey> key(@Nullable String file) {
        return Optional.ofNullable(file).map(Path::of).map(ApiKey::open);
    }
}
