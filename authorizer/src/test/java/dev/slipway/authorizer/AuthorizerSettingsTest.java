package dev.slipway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.connection.Identity;
import dev.slipway.model.EnvironmentName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AuthorizerSettingsTest {
    private static final String PREFIX = "slipway.authorizer.";
    private static Identity identity;

    private final Map<String, String> properties = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void twoCallers() throws Exception {
        if (identity == null) {
            identity = Identity.make(folder, "authorizer");
        }
        Path certificate = identity.certificateIn(folder.resolve("tls.crt"));
        set("tls.certificate-file", certificate.toString());
        set("tls.key-file", identity.keyIn(folder.resolve("tls.key")).toString());
        set("tls.client-ca-file", certificate.toString());
        set("token-key-file", keys(Base64.getEncoder().encodeToString(new byte[32])));
        set("callers[0].name", "starter");
        set("callers[0].certificate", "dns:starter.slipway.svc");
        set("callers[0].role", "starter");
        set("callers[1].name", "worker-production");
        set("callers[1].certificate", "uri:spiffe://example.org/worker/production");
        set("callers[1].role", "worker");
        set("callers[1].environment", "production");
    }

    @Test
    void callersAreKnownByTheNamesOfTheirCertificates() {
        AuthorizerSettings settings = bind();

        assertThat(settings.bySubject())
                .containsOnly(
                        Map.entry("dns:starter.slipway.svc", new Caller("starter", new Role.Starter())),
                        Map.entry(
                                "uri:spiffe://example.org/worker/production",
                                new Caller("worker-production", new Role.Worker(new EnvironmentName("production")))));
        assertThat(settings.address().getPort()).isEqualTo(7243);
        assertThat(settings.temporal().address()).isEqualTo("127.0.0.1:7233");
        assertThat(settings.keys().all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "tls.client-ca-file,        ,                  needs all three",
        "token-key-file,            ,                  token-key-file is missing",
        "listen,                    7243,              is not HOST:PORT",
        "listen,                    0.0.0.0:70000,     is not HOST:PORT",
        "callers[0].name,           a b,               up to 63 letters",
        "callers[0].certificate,    starter,           is a name in it",
        "callers[0].certificate,    dns: ,             is a name in it",
        "callers[0].role,           ,                  needs a role",
        "callers[0].environment,    production,        take environment away",
        "callers[1].environment,    ,                  needs its environment",
        "callers[1].name,           starter,           each needs a name of its own",
        "callers[1].certificate,    dns:starter.slipway.svc, is both starter and worker-production",
    })
    void whatCannotBeIsSaidInASentence(String setting, String value, String sentence) {
        set(setting, value);

        assertThatThrownBy(this::bind).hasStackTraceContaining(sentence);
    }

    @Test
    void withoutCallersNobodyWouldBeLetIn() {
        properties.keySet().removeIf(name -> name.contains("callers"));

        assertThatThrownBy(this::bind).hasStackTraceContaining("nobody would be let in");
    }

    @Test
    void aKeyThatIsTooShortOrThatOthersCanReadIsNotShownInTheSentence() throws Exception {
        set("token-key-file", keys("c2VjcmV0"));
        assertThatThrownBy(this::bind)
                .hasStackTraceContaining("must be 32 bytes in Base64")
                .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("c2VjcmV0"));

        Path open = Path.of(keys(Base64.getEncoder().encodeToString(new byte[32])));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        set("token-key-file", open.toString());
        assertThatThrownBy(this::bind).hasStackTraceContaining("chmod 600");

        set("token-key-file", keys("\n\n"));
        assertThatThrownBy(this::bind).hasStackTraceContaining("there is no key in");
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private String keys(String content) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "keys", ""), content + "\n");
        return file.toString();
    }

    private void set(String name, String value) {
        if (value == null) {
            properties.remove(PREFIX + name);
        } else {
            properties.put(PREFIX + name, value);
        }
    }

    private AuthorizerSettings bind() {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("slipway.authorizer", AuthorizerSettings.class)
                .get();
    }
}
