package dev.slipway.authorizer;

import dev.slipway.connection.Access;
import dev.slipway.connection.Reception;
import dev.slipway.connection.SecretFile;
import dev.slipway.connection.Tls;
import dev.slipway.model.EnvironmentName;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything an authorizer is told, under {@code slipway.authorizer}; wrong settings end the process with a sentence each.
 *
 * @param listen host and port at which the others find it
 * @param temporal the Temporal behind it
 * @param tokenKeyFile see {@link TokenKeys}; the same for all authorizers of one Temporal
 */
@ConfigurationProperties("slipway.authorizer")
record AuthorizerSettings(
        @DefaultValue("127.0.0.1:7243") String listen,
        Certificates tls,
        @DefaultValue Temporal temporal,
        @Nullable String tokenKeyFile,
        @DefaultValue List<Known> callers) {
    private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");
    private static final int LAST_PORT = 65_535;

    AuthorizerSettings {
        if (tls == null) {
            throw new IllegalArgumentException("slipway.authorizer.tls is missing: callers are known by their"
                    + " certificates; set certificate-file, key-file and client-ca-file");
        }
        if (callers.isEmpty()) {
            throw new IllegalArgumentException("slipway.authorizer.callers is empty: nobody would be let in; name"
                    + " each process with certificate and role");
        }
        TokenKeys unusedKeys = keys(tokenKeyFile);
        InetSocketAddress unusedAddress = address(listen);
        Map<String, Caller> unusedCallers = bySubject(callers);
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return address(listen);
    }

    /** Its own certificate, and who may have signed those of callers. */
    Reception reception() {
        return tls.reception();
    }

    TokenKeys keys() {
        return keys(tokenKeyFile);
    }

    /** Callers by each name that their certificates may have. */
    Map<String, Caller> bySubject() {
        return bySubject(callers);
    }

    private static InetSocketAddress address(String listen) {
        var parts = ADDRESS.matcher(listen);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > LAST_PORT) {
            throw new IllegalArgumentException(
                    "slipway.authorizer.listen is not HOST:PORT, such as 0.0.0.0:7233: " + listen);
        }
        return new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    private static TokenKeys keys(@Nullable String file) {
        if (file == null || file.isBlank()) {
            throw new IllegalArgumentException("slipway.authorizer.token-key-file is missing: tasks are bound to those"
                    + " that they are given to, with a key that all authorizers of one Temporal share; make one with:"
                    + " (umask 077; openssl rand -base64 32 >FILE)");
        }
        return TokenKeys.read(new SecretFile("slipway.authorizer.token-key-file", Path.of(file.strip())));
    }

    private static Map<String, Caller> bySubject(List<Known> callers) {
        Map<String, Caller> bySubject = new HashMap<>();
        for (Known known : callers) {
            Caller before = bySubject.put(known.certificate(), known.caller());
            if (before != null) {
                throw new IllegalArgumentException("slipway.authorizer.callers: " + known.certificate() + " is both "
                        + before.name() + " and " + known.name());
            }
        }
        long names = callers.stream().map(Known::name).distinct().count();
        if (names != callers.size()) {
            throw new IllegalArgumentException("slipway.authorizer.callers: each needs a name of its own");
        }
        return bySubject;
    }

    /** How it shows who it is, and knows who comes. */
    record Certificates(String certificateFile, String keyFile, String clientCaFile) {
        private static final String SETTINGS = "slipway.authorizer.tls";

        Certificates {
            if (certificateFile == null || keyFile == null || clientCaFile == null) {
                throw new IllegalArgumentException(
                        SETTINGS + " needs all three: certificate-file, key-file and client-ca-file");
            }
            Reception unused =
                    new Reception(SETTINGS, Path.of(certificateFile), Path.of(keyFile), Path.of(clientCaFile));
        }

        Reception reception() {
            return new Reception(SETTINGS, Path.of(certificateFile), Path.of(keyFile), Path.of(clientCaFile));
        }
    }

    /**
     * The Temporal behind it; who it shows itself as needs the rights of all callers together.
     *
     * @param address host and port of the frontend
     * @param namespace the only one that callers may name
     */
    record Temporal(
            @DefaultValue("127.0.0.1:7233") String address,
            @DefaultValue("default") String namespace,
            @DefaultValue Tls tls,
            @Nullable String apiKeyFile) {
        Temporal {
            Access unused = new Access(tls, apiKeyFile);
        }

        Access access() {
            return new Access(tls, apiKeyFile);
        }
    }

    /** What somebody may be, see {@link Role}. */
    enum Position {
        /** Of one environment. */
        WORKER,
        CONTROL,
        STARTER,
        VIEWER,
        OPERATOR
    }

    /**
     * One caller.
     *
     * @param certificate one of its certificate's names, exactly: {@code uri:...}, {@code dns:...} or {@code cn:...}
     * @param environment of a worker, and of nobody else
     */
    record Known(
            String name,
            String certificate,
            Position role,
            @Nullable String environment) {
        private static final Pattern CERTIFICATE = Pattern.compile("(uri|dns|cn):\\S(.*\\S)?");
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,63}");

        Known {
            if (name == null || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("slipway.authorizer.callers: a name is up to 63 letters, digits,"
                        + " dots, dashes and underscores, not: " + name);
            }
            if (certificate == null || !CERTIFICATE.matcher(certificate).matches()) {
                throw new IllegalArgumentException("slipway.authorizer.callers: the certificate of " + name
                        + " is a name in it, such as 'dns:worker-production' or 'cn:worker-production', not: "
                        + certificate);
            }
            if (role == null) {
                throw new IllegalArgumentException("slipway.authorizer.callers: " + name
                        + " needs a role: worker, control, starter, viewer or operator");
            }
            if ((role == Position.WORKER) != (environment != null)) {
                throw new IllegalArgumentException("slipway.authorizer.callers: " + name
                        + (role == Position.WORKER
                                ? " is a worker and needs its environment"
                                : " is no worker of an environment: take environment away"));
            }
        }

        Caller caller() {
            return new Caller(
                    name,
                    switch (role) {
                        case WORKER -> new Role.Worker(new EnvironmentName(String.valueOf(environment)));
                        case CONTROL -> new Role.Control();
                        case STARTER -> new Role.Starter();
                        case VIEWER -> new Role.Viewer();
                        case OPERATOR -> new Role.Operator();
                    });
        }
    }
}
