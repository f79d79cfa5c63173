package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigCheckTest {
    private static final String PLAIN = """
            apiVersion: v1
            kind: Config
            current-context: lab
            clusters: [ { name: lab, cluster: { server: 'https://127.0.0.1:1' } } ]
            contexts: [ { name: lab, context: { cluster: lab, user: worker } } ]
            users: [ { name: worker, user: %s } ]
            """;

    @TempDir
    private Path folder;

    @Test
    void acceptsTokensAndCertificates() throws IOException {
        Path token = file(PLAIN.formatted("{ token: abc }"));
        Path certificate = file(PLAIN.formatted("{ client-certificate: a.crt, client-key: a.key }"));

        assertThatCode(() -> KubeconfigCheck.check(token)).doesNotThrowAnyException();
        assertThatCode(() -> KubeconfigCheck.check(certificate)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnExecPluginAndSaysWhatToUseInstead() throws IOException {
        refused(file(PLAIN.formatted("{ exec: { command: sh, args: [-c, 'curl evil'] } }")), "'exec'", "token file");
    }

    @Test
    void refusesAnAuthProviderAndAnyCaseOfTheKey() throws IOException {
        refused(file(PLAIN.formatted("{ auth-provider: { name: gcp } }")), "'auth-provider'", "token");
        refused(file(PLAIN.formatted("{ Exec: { command: sh } }")), "'exec'", "token");
    }

    @Test
    void refusesAnExecPluginThatHidesBehindAnAnchor() throws IOException {
        refused(file("x: &hidden { exec: { command: sh } }\n" + PLAIN.formatted("*hidden")), "'exec'", "token");
        refused(file("x: &hidden { exec: { command: sh } }\n" + PLAIN.formatted("{ <<: *hidden }")), "'exec'", "token");
    }

    @Test
    void refusesASecondDocumentAndDuplicateKeysThatParsersReadDifferently() throws IOException {
        refused(file(PLAIN.formatted("{ token: abc }") + "---\nclusters: []\n"), "one YAML document", "");
        refused(file(PLAIN.formatted("{ token: secret1, token: secret2 }")), "duplicate keys", "");
    }

    @Test
    void refusesAListOfFilesAndAFolder() {
        refused(folder, "one file", "");
        refused(folder.resolve("a:b"), "one file", "");
    }

    private static void refused(Path kubeconfig, String what, String advice) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KubeconfigCheck.check(kubeconfig))
                .withMessageContaining(what)
                .withMessageContaining(advice)
                .withMessageNotContaining("secret1")
                .withMessageNotContaining("evil");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "kubeconfig", ".yaml"), text);
    }
}
