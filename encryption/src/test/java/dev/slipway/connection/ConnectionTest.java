package dev.slipway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ConnectionTest {
    private static final String SECRET = "a-very-secret-api-key";

    @TempDir
    private static Path made;

    private static Identity temporal;
    private static Identity production;
    private static Identity renewed;

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Path ca;
    private Path certificate;
    private Path key;

    @BeforeAll
    static void identities() throws Exception {
        temporal = Identity.make(made, "temporal.internal");
        production = Identity.make(made, "worker-production");
        renewed = Identity.make(made, "worker-production-renewed");
    }

    @BeforeEach
    void files() throws Exception {
        ca = temporal.certificateIn(folder.resolve("ca.pem"));
        certificate = production.certificateIn(folder.resolve("worker.pem"));
        key = production.keyIn(folder.resolve("worker-key.pem"));
        log.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger().detachAppender(log);
        logger().setLevel(Level.DEBUG);
    }

    @Test
    void aServerThatTheFileKnowsIsSpokenToWithTls() throws Exception {
        try (SecuredTemporal server = new SecuredTemporal(temporal)) {
            ask(server, access(tls(null, null, null)));

            assertThat(server.last()).isEqualTo(new SecuredTemporal.Call("DescribeNamespace", "", "", ""));
        }
    }

    @Test
    void aServerThatTheFileDoesNotKnowIsNotSpokenTo() throws Exception {
        try (SecuredTemporal stranger = new SecuredTemporal(renewed)) {
            assertThatThrownBy(() -> ask(stranger, access(tls(null, null, null))))
                    .isInstanceOf(StatusRuntimeException.class);
            assertThatThrownBy(() -> ask(stranger, access(new Tls(true, null, null, null, null))))
                    .isInstanceOf(StatusRuntimeException.class);

            assertThat(stranger.calls()).isEmpty();
        }
    }

    @Test
    void theServersNameIsHeldAgainstItsCertificate() throws Exception {
        try (SecuredTemporal server = new SecuredTemporal(temporal)) {
            ask(server, access(tls(null, null, "temporal.internal")));
            int before = server.calls().size();

            assertThatThrownBy(() -> ask(server, access(tls(null, null, "another.internal"))))
                    .isInstanceOf(StatusRuntimeException.class);
            assertThat(server.calls()).hasSize(before);
        }
    }

    @Test
    void aServerThatAsksWhoIsThereIsShownTheCertificateAndLetsInNobodyElse() throws Exception {
        try (SecuredTemporal server = new SecuredTemporal(temporal, production.certificate())) {
            ask(server, access(tls(certificate, key, null)));
            assertThat(server.last().subject()).isEqualTo("CN=worker-production");
            int before = server.calls().size();

            assertThatThrownBy(() -> ask(server, access(tls(null, null, null))))
                    .isInstanceOf(StatusRuntimeException.class);
            Access stranger = access(tls(
                    renewed.certificateIn(folder.resolve("other.pem")),
                    renewed.keyIn(folder.resolve("other-key.pem")),
                    null));
            assertThatThrownBy(() -> ask(server, stranger)).isInstanceOf(StatusRuntimeException.class);
            assertThat(server.calls()).hasSize(before);
        }
    }

    @Test
    void aRenewedCertificateIsShownWithoutARestartAndAHalfOneIsNot() throws Exception {
        try (SecuredTemporal server = new SecuredTemporal(temporal, production.certificate(), renewed.certificate())) {
            WorkflowServiceStubs service = Connection.open(server.target(), access(tls(certificate, key, null)), null);
            try {
                ask(service);
                renewed.certificateIn(certificate);
                service.getRawChannel().enterIdle();
                ask(service);
                assertThat(server.last().subject()).isEqualTo("CN=worker-production");
                assertThat(said()).anyMatch(line -> line.contains("is not that of the first certificate"));

                renewed.keyIn(key);
                service.getRawChannel().enterIdle();
                ask(service);
                assertThat(server.last().subject()).isEqualTo("CN=worker-production-renewed");
            } finally {
                service.shutdownNow();
            }
        }
    }

    @Test
    void theApiKeyGoesWithEachCallAndANewOneFromTheNextCallOn() throws Exception {
        Path file = secret(SECRET + "\n");
        try (SecuredTemporal server = new SecuredTemporal(temporal)) {
            WorkflowServiceStubs service =
                    Connection.open(server.target(), new Access(tls(null, null, null), file.toString()), null);
            try {
                ask(service);
                assertThat(server.calls()).allMatch(call -> call.authorization().equals("Bearer " + SECRET));

                Files.writeString(file, "the-next-one");
                ask(service);
                assertThat(server.last().authorization()).isEqualTo("Bearer the-next-one");

                Files.delete(file);
                ask(service);
                assertThat(server.last().authorization()).isEqualTo("Bearer the-next-one");
            } finally {
                service.shutdownNow();
            }
        }
        assertThat(said()).isNotEmpty().noneMatch(line -> line.contains(SECRET) || line.contains("the-next-one"));
    }

    @Test
    void theClientSaysWhichNamespaceItMeansOnceForTheCloudToFindIt() throws Exception {
        try (SecuredTemporal server = new SecuredTemporal(temporal)) {
            WorkflowServiceStubs service = Connection.open(server.target(), access(tls(null, null, null)), null);
            try {
                WorkflowClient client = WorkflowClient.newInstance(
                        service,
                        WorkflowClientOptions.newBuilder()
                                .setNamespace("release.a1b2c")
                                .build());
                ask(client.getWorkflowServiceStubs());

                assertThat(server.last().namespace()).isEqualTo("release.a1b2c");
            } finally {
                service.shutdownNow();
            }
        }
    }

    @Test
    void theStartSaysHowTemporalIsReachedAndShowsNothingOfAKey() throws Exception {
        Access access = new Access(tls(certificate, key, null), secret(SECRET).toString());
        WorkflowServiceStubs service = Connection.open("127.0.0.1:1", access, null);
        service.shutdownNow();

        assertThat(said())
                .anyMatch(line -> line.contains("with TLS")
                        && line.contains("CN=worker-production, until ")
                        && line.contains("sends the API key of "))
                .noneMatch(line -> line.contains(SECRET) || line.contains("PRIVATE KEY"));
        assertThat(access.toString()).doesNotContain(SECRET);
        assertThat(Access.NONE.words()).startsWith("without TLS");
    }

    @Test
    void settingsThatContradictEachOtherAreRefusedWithASentence() throws Exception {
        String file = certificate.toString();
        assertThatThrownBy(() -> new Tls(null, null, file, " ", null))
                .hasMessageContaining("without temporal.tls.key-file");
        assertThatThrownBy(() -> new Tls(null, null, null, file, null))
                .hasMessageContaining("without temporal.tls.certificate-file");
        assertThatThrownBy(() -> new Tls(false, file, null, null, null)).hasMessageContaining("enabled is false");
        String secret = secret(SECRET).toString();
        assertThatThrownBy(() -> new Access(new Tls(false, null, null, null, null), secret))
                .hasMessageContaining("in the clear");
        assertThat(new Access(Tls.NONE, secret).encrypted()).isTrue();
        assertThat(new Access(new Tls(false, "", null, null, ""), "").encrypted())
                .isFalse();
    }

    @Test
    void filesThatCannotBeUsedAreRefusedWithASentence() throws Exception {
        assertThatThrownBy(() -> access(tls(folder.resolve("nowhere.pem"), key, null)))
                .hasMessage("temporal.tls.certificate-file: cannot read " + folder.resolve("nowhere.pem"));
        assertThatThrownBy(() -> access(new Tls(null, key.toString(), null, null, null)))
                .hasMessageContaining("temporal.tls.ca-file: there is no");
        assertThatThrownBy(() -> access(tls(certificate, renewed.keyIn(folder.resolve("other.pem")), null)))
                .hasMessageContaining("is not that of the first certificate in " + certificate);
        assertThatThrownBy(() -> access(tls(certificate, secret("-----BEGIN EC PRIVATE KEY-----\nabc"), null)))
                .hasMessageContaining("openssl pkcs8 -topk8")
                .hasMessageNotContaining("abc");
        assertThatThrownBy(() -> new Access(Tls.NONE, secret(" \n").toString())).hasMessageContaining("one API key");
        Identity old = Identity.make(folder, "old", List.of("-startdate", "-3d", "-validity", "1"));
        assertThatThrownBy(() -> access(tls(
                        old.certificateIn(folder.resolve("old.pem")), old.keyIn(folder.resolve("old-key.pem")), null)))
                .hasMessageContaining("has expired at ");
    }

    @Test
    void aKeyThatOthersCanReadIsRefusedButThoseOfItsGroupMayAsKubernetesNeedsIt() throws Exception {
        Path token = secret(SECRET);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("r--r-----"));
        assertThatCode(() -> new Access(Tls.NONE, token.toString())).doesNotThrowAnyException();

        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new Access(Tls.NONE, token.toString()))
                .hasMessageContaining("others than its owner can use " + token + "; chmod 600 ");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-rw----"));
        assertThatThrownBy(() -> access(tls(certificate, key, null))).hasMessageContaining("others than its owner");
    }

    private Tls tls(Path shown, Path itsKey, String serverName) {
        return new Tls(
                null,
                ca.toString(),
                shown == null ? null : shown.toString(),
                itsKey == null ? null : itsKey.toString(),
                serverName);
    }

    private static Access access(Tls tls) {
        return new Access(tls, null);
    }

    private Path secret(String content) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "secret", ""), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void ask(SecuredTemporal server, Access access) {
        WorkflowServiceStubs service = Connection.open(server.target(), access, null);
        try {
            ask(service);
        } finally {
            service.shutdownNow();
        }
    }

    private static void ask(WorkflowServiceStubs service) {
        Object unused = service.blockingStub()
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace("default")
                        .build());
    }

    private List<String> said() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
