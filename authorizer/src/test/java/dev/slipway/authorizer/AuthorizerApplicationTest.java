package dev.slipway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.connection.Access;
import dev.slipway.connection.Connection;
import dev.slipway.connection.Identity;
import dev.slipway.connection.Tls;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The process as it is started, in front of a Temporal that is away. */
class AuthorizerApplicationTest {
    @TempDir
    private Path folder;

    @Test
    void listensFromItsStartToItsEndWhetherTemporalIsThereOrNot() throws Exception {
        Identity identity = Identity.make(folder, "authorizer");
        Path certificate = identity.certificateIn(folder.resolve("tls.crt"));
        Path key = identity.keyIn(folder.resolve("tls.key"));
        Path tokenKeys = Files.writeString(
                folder.resolve("token-keys"), Base64.getEncoder().encodeToString(new byte[32]));
        Files.setPosixFilePermissions(tokenKeys, PosixFilePermissions.fromString("rw-------"));
        String prefix = "--slipway.authorizer.";
        String port;
        try (ConfigurableApplicationContext authorizer = new SpringApplicationBuilder(AuthorizerApplication.class)
                .run(
                        "--server.port=0",
                        prefix + "listen=127.0.0.1:0",
                        prefix + "temporal.address=127.0.0.1:1",
                        prefix + "tls.certificate-file=" + certificate,
                        prefix + "tls.key-file=" + key,
                        prefix + "tls.client-ca-file=" + certificate,
                        prefix + "token-key-file=" + tokenKeys,
                        prefix + "callers[0].name=ui",
                        prefix + "callers[0].certificate=cn:authorizer",
                        prefix + "callers[0].role=viewer")) {
            port = String.valueOf(authorizer.getBean(AuthorizerServer.class).port());

            assertThatThrownBy(() -> signal(port, certificate, key)).hasMessageContaining("may not call");
        }
        assertThatThrownBy(() -> signal(port, certificate, key))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNAVAILABLE");
        assertThat(port).isNotEqualTo("0");
    }

    private static void signal(String port, Path certificate, Path key) {
        Tls tls = new Tls(true, certificate.toString(), certificate.toString(), key.toString(), "authorizer");
        var channel = Connection.channel("127.0.0.1:" + port, new Access(tls, null));
        try {
            WorkflowServiceGrpc.newBlockingStub(channel)
                    .signalWorkflowExecution(SignalWorkflowExecutionRequest.newBuilder()
                            .setNamespace("default")
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }
}
