package dev.slipway.authorizer;

import dev.slipway.connection.Access;
import dev.slipway.connection.Connection;
import dev.slipway.connection.Identity;
import dev.slipway.connection.Tls;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An authorizer on loopback in front of some Temporal, with everybody's certificates. */
final class Frontend implements AutoCloseable {
    static final List<String> WORKERS = List.of("development", "production");

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Path folder;
    private final List<WorkflowServiceStubs> open = new ArrayList<>();
    private final AuthorizerServer server;

    /** @param temporal stays open */
    Frontend(Path folder, ManagedChannel temporal) throws IOException, GeneralSecurityException, InterruptedException {
        this.folder = folder;
        for (String name : everybody().toList()) {
            Identity identity = Identity.make(folder, name);
            identity.certificateIn(certificate(name));
            identity.keyIn(key(name));
        }
        Identity foreign = Identity.make(folder, "foreign");
        foreign.certificateIn(certificate("foreign"));
        foreign.keyIn(key("foreign"));
        Files.writeString(
                folder.resolve("callers.pem"),
                everybody().map(name -> content(certificate(name))).collect(Collectors.joining("\n")));
        server = AuthorizerConfiguration.server(settings(), temporal, new AccessLog(meters), Clock.systemUTC());
        server.start();
    }

    /** The connection of somebody whose certificate has this name. */
    WorkflowServiceStubs as(String name) {
        WorkflowServiceStubs stubs = Connection.open(address(), access(name), null);
        open.add(stubs);
        return stubs;
    }

    /** The same, bare; the caller shuts it down. */
    ManagedChannel channel(String name) {
        return Connection.channel(address(), access(name));
    }

    private Access access(String name) {
        return new Access(
                new Tls(
                        true,
                        certificate("authorizer").toString(),
                        certificate(name).toString(),
                        key(name).toString(),
                        "authorizer"),
                null);
    }

    /** The connection of somebody whose certificate no authority has signed that counts here. */
    WorkflowServiceStubs foreign() {
        return as("foreign");
    }

    /** As at the end of the process. */
    void stop() {
        server.stop();
    }

    /** Until nobody new is taken. */
    void awaitStopping() {
        while (server.isRunning()) {
            Thread.onSpinWait();
        }
    }

    String address() {
        return "127.0.0.1:" + server.port();
    }

    double counted(String caller, String method, String result) {
        return meters.counter("slipway.authorizer.calls", "caller", caller, "method", method, "result", result)
                .count();
    }

    private AuthorizerSettings settings() throws IOException {
        Path keys = Files.writeString(
                folder.resolve("token-keys"), Base64.getEncoder().encodeToString(new byte[32]));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        List<AuthorizerSettings.Known> callers = new ArrayList<>();
        for (String environment : WORKERS) {
            callers.add(new AuthorizerSettings.Known(
                    "worker-" + environment,
                    "cn:worker-" + environment,
                    AuthorizerSettings.Position.WORKER,
                    environment));
        }
        callers.add(new AuthorizerSettings.Known(
                "worker-control", "dns:worker-control", AuthorizerSettings.Position.CONTROL, null));
        callers.add(new AuthorizerSettings.Known("starter", "dns:starter", AuthorizerSettings.Position.STARTER, null));
        callers.add(new AuthorizerSettings.Known("ui", "cn:ui", AuthorizerSettings.Position.VIEWER, null));
        callers.add(new AuthorizerSettings.Known("sre", "cn:sre", AuthorizerSettings.Position.OPERATOR, null));
        return new AuthorizerSettings(
                "127.0.0.1:0",
                new AuthorizerSettings.Certificates(
                        certificate("authorizer").toString(),
                        key("authorizer").toString(),
                        folder.resolve("callers.pem").toString()),
                new AuthorizerSettings.Temporal("127.0.0.1:1", "default", Tls.NONE, null),
                keys.toString(),
                callers);
    }

    /** {@code nobody} has a certificate that is signed as it should be, and is not named in the settings. */
    private static Stream<String> everybody() {
        return Stream.concat(
                Stream.of("authorizer", "worker-control", "starter", "ui", "sre", "nobody"),
                WORKERS.stream().map(environment -> "worker-" + environment));
    }

    private Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    private Path key(String name) {
        return folder.resolve(name + "-key.pem");
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        open.forEach(WorkflowServiceStubs::shutdownNow);
        server.halt();
    }
}
