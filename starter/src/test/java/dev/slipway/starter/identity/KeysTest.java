package dev.slipway.starter.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final FakeIssuer github = new FakeIssuer("https://token.actions.example.com");

    @AfterEach
    void close() {
        github.close();
    }

    private IssuerSettings settings(String url, Path file) {
        RuleSettings rule = new RuleSettings(
                null,
                Set.of("ci"),
                List.of(
                        new RuleSettings.Claim("repository_id", Set.of("1234567")),
                        new RuleSettings.Claim("repository_owner_id", Set.of("42")),
                        new RuleSettings.Claim("ref", Set.of("refs/heads/main"))));
        return new IssuerSettings(
                "github",
                IssuerKind.GITHUB,
                github.url,
                url == null ? null : URI.create(url),
                file,
                null,
                null,
                Set.of("RS256"),
                Duration.ofHours(1),
                true,
                List.of(rule));
    }

    private Issuer issuer(IssuerSettings settings, JWKSource<SecurityContext> keys) {
        return new Issuer(
                settings,
                new IdentitySettings(FakeIssuer.AUDIENCE, List.of(settings), List.of()),
                keys,
                Clock.systemUTC());
    }

    private Issuer online() {
        IssuerSettings settings = settings(github.keysUrl(), null);
        return issuer(settings, Keys.of(settings));
    }

    private void accepts(Issuer issuer, RSAKey key) {
        assertThatCode(() -> issuer.caller(SignedJWT.parse(FakeIssuer.sign(github.push(), key, h -> h))))
                .doesNotThrowAnyException();
    }

    private Untrusted refuses(Issuer issuer, RSAKey key) {
        return catchThrowableOfType(
                Untrusted.class, () -> issuer.caller(SignedJWT.parse(FakeIssuer.sign(github.push(), key, h -> h))));
    }

    @Test
    void oneLookUpServesManyTokens() {
        Issuer issuer = online();

        for (int i = 0; i < 20; i++) {
            accepts(issuer, github.key);
        }

        assertThat(github.lookUps()).isEqualTo(1);
    }

    @Test
    void aNewKeyIsLookedUpWhenATokenNamesIt() {
        Issuer issuer = online();
        accepts(issuer, github.key);

        accepts(issuer, github.rotate("key-3"));

        assertThat(github.lookUps()).isEqualTo(2);
    }

    @Test
    void tokensWithMadeUpKeysAreNotPassedOnAsLoad() {
        Issuer issuer = online();
        accepts(issuer, github.key);
        RSAKey own = FakeIssuer.rsa("anything");

        for (int i = 0; i < 20; i++) {
            assertThat(refuses(
                            issuer,
                            new RSAKey.Builder(own).keyID("made-up-" + i).build()))
                    .isNotNull();
        }

        assertThat(github.lookUps()).isLessThanOrEqualTo(3);
        accepts(issuer, github.key);
    }

    @Test
    void knownKeysStayWhileTheIssuerIsAway() {
        IssuerSettings settings = settings(github.keysUrl(), null);
        Issuer issuer = issuer(settings, Keys.of(settings, Duration.ofMillis(2), Duration.ofMillis(1), LIMIT));
        accepts(issuer, github.key);
        github.answers(503);

        long then = System.currentTimeMillis();
        while (System.currentTimeMillis() < then + 3) {
            Thread.onSpinWait();
        }
        accepts(issuer, github.key);
        assertThat(github.lookUps()).as("it was asked again").isEqualTo(2);
        assertThat(refuses(issuer, FakeIssuer.rsa("key-9"))).isNotNull();
    }

    @Test
    void withoutAnyKeyNobodyKnowsYet() {
        github.answers(503);

        Untrusted refused = refuses(online(), github.key);

        assertThat(refused.reason()).isEqualTo(Untrusted.Reason.KEYS);
        assertThat(refused).hasMessageContaining("the keys of github cannot be had");
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (FakeIssuer other = new FakeIssuer(github.url)) {
            github.redirects(other.keysUrl());

            assertThat(refuses(online(), other.key).reason()).isEqualTo(Untrusted.Reason.KEYS);
            assertThat(other.lookUps()).isZero();
        }
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() {
        github.padded(10 << 20);

        assertThat(refuses(online(), github.key).reason()).isEqualTo(Untrusted.Reason.KEYS);
    }

    @Test
    void anIssuerThatNeverAnswersIsNotWaitedFor() {
        github.hangs();
        IssuerSettings settings = settings(github.keysUrl(), null);
        Issuer issuer = issuer(
                settings, Keys.of(settings, Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMillis(50)));

        assertThat(refuses(issuer, github.key)).hasMessageContaining("did not answer within PT0.05S");
    }

    @Test
    void keysInAFileAreReadAgainWhenATokenNamesANewOne() throws IOException, ParseException {
        Path file = Files.writeString(folder.resolve("jwks.json"), new JWKSet(github.key.toPublicJWK()).toString());
        IssuerSettings settings = settings(null, file);
        Issuer issuer = issuer(settings, Keys.of(settings));
        accepts(issuer, github.key);
        RSAKey next = FakeIssuer.rsa("key-3");

        Files.writeString(file, new JWKSet(next.toPublicJWK()).toString());

        accepts(issuer, next);
        assertThat(refuses(issuer, github.key)).isNotNull();
    }
}
