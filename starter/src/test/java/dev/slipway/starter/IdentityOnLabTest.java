package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.slipway.starter.identity.FakeIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of service accounts that the lab's real API server signs, checked with the keys that it serves. */
@Tag("lab")
class IdentityOnLabTest {
    private static final String ACCOUNT = "releaser";
    private static final String NAMESPACE =
            "test-" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    static Path folder;

    private static String issuer;
    private static String server;
    private static boolean made;

    @BeforeAll
    static void account() throws Exception {
        if (System.getenv("LAB_RUN") == null || System.getenv("KUBECTL") == null) {
            System.out.println("Skipped: needs the lab. Run `make lab`, then `. lab/env`.");
            abort("needs the lab: run `make lab`, then `. lab/env`");
        }
        kubectl("create", "namespace", NAMESPACE);
        made = true;
        kubectl("-n", NAMESPACE, "create", "serviceaccount", ACCOUNT);
        kubectl("-n", NAMESPACE, "create", "serviceaccount", "another");
        issuer = kubectl("get", "--raw", "/.well-known/openid-configuration")
                .replaceAll(".*\"issuer\":\"([^\"]+)\".*", "$1");
        server = kubectl("config", "view", "--minify", "-o", "jsonpath={.clusters[0].cluster.server}");
    }

    @AfterAll
    static void leave() throws Exception {
        if (made) {
            kubectl("delete", "namespace", NAMESPACE, "--wait=false");
        }
    }

    @Test
    void acceptsAnAccountWithTheKeysThatTheServerServes() throws Exception {
        String authority = kubectl(
                "config",
                "view",
                "--raw",
                "--flatten",
                "--minify",
                "-o",
                "jsonpath={.clusters[0].cluster.certificate-authority-data}");
        Path ca = Files.write(folder.resolve("ca.crt"), Base64.getDecoder().decode(authority));
        Path shown = Files.writeString(folder.resolve("token"), token(ACCOUNT));

        proves("keys-url=" + server + "/openid/v1/jwks", "keys-ca-file=" + ca, "keys-token-file=" + shown);
    }

    @Test
    void acceptsAnAccountWithTheServersKeysInAFile() throws Exception {
        Path keys = Files.writeString(folder.resolve("jwks.json"), kubectl("get", "--raw", "/openid/v1/jwks"));

        proves("keys-file=" + keys);
    }

    private void proves(String... keys) throws Exception {
        String[] settings = new IssuerArguments()
                .issuer(
                        "lab",
                        "kubernetes",
                        issuer,
                        Stream.concat(Stream.of("once=false"), Stream.of(keys)).toArray(String[]::new))
                .rule("ci")
                .when("sub", "system:serviceaccount:" + NAMESPACE + ":" + ACCOUNT)
                .all();
        try (Installation slipway = Installation.withoutTemporalWith(folder, settings)) {
            Api releaser = slipway.as(token(ACCOUNT, "--audience", FakeIssuer.AUDIENCE));
            Api.Answer accepted = releaser.get("/api/v1/environments");
            assertThat(accepted.status()).as(accepted.detail()).isEqualTo(200);
            assertThat(releaser.post("/api/v1/releases/podinfo@1.0.0/abort", "{}")
                            .detail())
                    .isEqualTo("lab:system:serviceaccount:" + NAMESPACE + ":" + ACCOUNT + " may not abort podinfo");
            Api.Answer another = slipway.as(token("another", "--audience", FakeIssuer.AUDIENCE))
                    .get("/api/v1/environments");
            assertThat(another.status()).isEqualTo(403);
            Api.Answer forTheServer = slipway.as(token(ACCOUNT)).get("/api/v1/environments");
            assertThat(forTheServer.status()).isEqualTo(401);
            assertThat(forTheServer.detail()).contains("not for " + FakeIssuer.AUDIENCE);
        }
    }

    private static String token(String account, String... more) throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of("-n", NAMESPACE, "create", "token", account));
        words.addAll(List.of(more));
        return kubectl(words.toArray(String[]::new));
    }

    /** What it says; that is in no message, because it may be a token. */
    private static String kubectl(String... words) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(System.getenv("KUBECTL")));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return said.strip();
    }
}
