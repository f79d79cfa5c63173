package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.starter.identity.FakeIssuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdentityTest {
    private static final String GITHUB = "https://token.actions.example.com";
    private static final String GITLAB = "https://gitlab.example.com";
    private static final String CLUSTER = "https://kubernetes.default.svc.example";
    private static final String COMPANY = "https://login.example.com/tenant";

    @TempDir
    static Path folder;

    private static FakeIssuer github;
    private static FakeIssuer gitlab;
    private static FakeIssuer cluster;
    private static FakeIssuer company;
    private static Installation slipway;

    @BeforeAll
    static void install() {
        github = new FakeIssuer(GITHUB);
        gitlab = new FakeIssuer(GITLAB);
        cluster = new FakeIssuer(CLUSTER);
        company = new FakeIssuer(COMPANY);
        IssuerArguments identity = new IssuerArguments()
                .issuer("github", "github", GITHUB, "keys-url=" + github.keysUrl())
                .rule("ci")
                .when("repository_id", "1234567")
                .when("repository_owner_id", "42")
                .when("ref", "refs/heads/main,refs/heads/stable")
                .issuer("gitlab", "gitlab", GITLAB, "keys-url=" + gitlab.keysUrl())
                .rule("ci")
                .when("project_id", "77")
                .when("ref_protected", "true")
                .when("ref_type", "branch")
                .issuer("cluster", "kubernetes", CLUSTER, "keys-url=" + cluster.keysUrl(), "once=false")
                .rule("ci")
                .when("sub", "system:serviceaccount:ci:releaser")
                .issuer("company", "oidc", COMPANY, "keys-url=" + company.keysUrl(), "once=false", "longest-age=10m")
                .rule("deployers")
                .when("groups", "release-approvers")
                .rule("ci")
                .when("groups", "developers")
                .person("ann", "company", "sub", "00u-ann");
        slipway = Installation.withoutTemporalWith(folder, identity.all());
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
        Stream.of(github, gitlab, cluster, company).forEach(FakeIssuer::close);
    }

    private static Api.Answer look(String token) {
        return slipway.as(token).get("/api/v1/environments");
    }

    /** A change that the caller may ask for, of a release that nobody can see because Temporal is away. */
    private static Api.Answer change(String token, String what) {
        return slipway.as(token).post("/api/v1/releases/podinfo@1.0.0/" + what, "{}");
    }

    private static Map<String, Object> with(Map<String, Object> claims, String claim, Object value) {
        claims.put(claim, value);
        return claims;
    }

    private static Map<String, Object> without(Map<String, Object> claims, String claim) {
        claims.remove(claim);
        return claims;
    }

    /** What is sent, what is answered, and why. */
    record Attack(String what, String token, int status, String why) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Attack> attacks() throws JOSEException {
        Instant now = Instant.now();
        RSAKey forged = FakeIssuer.rsa("key-1");
        return Stream.of(
                new Attack("alg none", plain(github.push()), 401, "no signed JWT"),
                new Attack("HS256 with the public key", hmac(), 401, "signed with HS256"),
                new Attack("PS256, which is not configured", ps256(), 401, "signed with PS256"),
                new Attack("a key of their own", FakeIssuer.sign(github.push(), forged, h -> h), 401, "not signed by"),
                new Attack(
                        "another issuer's key",
                        FakeIssuer.sign(github.push(), gitlab.key, h -> h),
                        401,
                        "not signed by"),
                new Attack("jku", headed(h -> h.jwkURL(URI.create(gitlab.keysUrl()))), 401, "brings a key"),
                new Attack("x5u", headed(h -> h.x509CertURL(URI.create(gitlab.keysUrl()))), 401, "brings a key"),
                new Attack("jwk", headed(h -> h.jwk(github.key.toPublicJWK())), 401, "brings a key"),
                new Attack("no kid", headed(h -> h.keyID(null)), 401, "which key"),
                new Attack(
                        "a critical header",
                        headed(h -> h.criticalParams(java.util.Set.of("exp")).customParam("exp", 1)),
                        401,
                        "not signed by"),
                new Attack("its claims changed", tampered(), 401, "not signed by"),
                new Attack("its signature cut", cut(), 401, ""),
                new Attack(
                        "a wrong audience",
                        push("aud", "https://other.example.com"),
                        401,
                        "not for " + FakeIssuer.AUDIENCE),
                new Attack("GitHub's own audience", push("aud", "https://github.com/acme"), 401, "not for"),
                new Attack("an audience beside ours", push("aud", List.of(FakeIssuer.AUDIENCE, "b")), 401, "not for"),
                new Attack("no audience", github.sign(without(github.push(), "aud")), 401, "not for"),
                new Attack("a slash after iss", push("iss", GITHUB + "/"), 401, "none of those here"),
                new Attack("iss in capitals", push("iss", "HTTPS://token.actions.example.com"), 401, "none of those"),
                new Attack("no iss", github.sign(without(github.push(), "iss")), 401, "none of those"),
                new Attack("another issuer's iss", gitlab.sign(github.push()), 401, "not signed by"),
                new Attack("expired", push("exp", FakeIssuer.at(now.minusSeconds(90))), 401, "expired"),
                new Attack("no exp", github.sign(without(github.push(), "exp")), 401, "no exp"),
                new Attack("issued tomorrow", push("iat", FakeIssuer.at(now.plusSeconds(86400))), 401, "still to come"),
                new Attack("issued long ago", push("iat", FakeIssuer.at(now.minusSeconds(3700))), 401, "PT1H at most"),
                new Attack("no iat", github.sign(without(github.push(), "iat")), 401, "no iat"),
                new Attack("not yet", push("nbf", FakeIssuer.at(now.plusSeconds(90))), 401, "counts from"),
                new Attack("10 KiB", push("ref", "x".repeat(8000)), 401, "longer than 8 KiB"),
                new Attack("no JWT at all", "a.b.c", 401, "no signed JWT"),
                new Attack("two dots", "..", 401, "no signed JWT"),
                new Attack(
                        "a pull request of a fork", push("event_name", "pull_request"), 403, "event_name pull_request"),
                new Attack("pull_request_target", push("event_name", "pull_request_target"), 403, "no rule of github"),
                new Attack("same name, other id", push("repository_id", "7654321"), 403, "repository_id 7654321"),
                new Attack("same repository, other owner", push("repository_owner_id", "43"), 403, "no rule"),
                new Attack("another branch", push("ref", "refs/heads/main-evil"), 403, "ref refs/heads/main-evil"),
                new Attack("a prefix", push("repository_id", "12345678"), 403, "no rule"),
                new Attack("the claim is absent", github.sign(without(github.push(), "ref")), 403, "no rule"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void refuses(Attack attack) {
        Api.Answer answer = look(attack.token());

        assertThat(answer.status()).as(answer.detail()).isEqualTo(attack.status());
        assertThat(answer.detail()).contains(attack.why());
        assertThat(new String(answer.raw().body(), StandardCharsets.UTF_8)).doesNotContain(attack.token());
    }

    private static String push(String claim, Object value) {
        return github.sign(with(github.push(), claim, value));
    }

    private static String headed(java.util.function.UnaryOperator<JWSHeader.Builder> more) {
        return FakeIssuer.sign(github.push(), github.key, more);
    }

    private static String plain(Map<String, Object> claims) {
        return new PlainJWT(FakeIssuer.set(claims)).serialize();
    }

    private static String hmac() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build(), FakeIssuer.set(github.push()));
        token.sign(new MACSigner(github.key.toPublicKey().getEncoded()));
        return token.serialize();
    }

    private static String ps256() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("key-1").build(), FakeIssuer.set(github.push()));
        token.sign(new com.nimbusds.jose.crypto.RSASSASigner(github.key));
        return token.serialize();
    }

    private static String tampered() {
        String[] parts =
                github.sign(with(github.push(), "ref", "refs/heads/other")).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = claims.replace("heads/other", "heads/main");
        assertThat(changed).isNotEqualTo(claims);
        return parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];
    }

    private static String cut() {
        String token = github.sign(github.push());
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    @Test
    void aGenuineTokenIsTheRulesActor() {
        Api.Answer answer = look(github.sign(github.push()));

        assertThat(answer.status()).as(answer.detail()).isEqualTo(200);
        assertThat(change(github.sign(github.push()), "abort").detail())
                .isEqualTo("github:1234567 may not abort podinfo");
    }

    @Test
    void everyConfiguredWayToSignCounts() {
        assertThat(look(github.signOnTheCurve(github.push())).status()).isEqualTo(200);
    }

    @Test
    void clocksMayDifferByAMinute() {
        Instant now = Instant.now();
        Map<String, Object> early = with(github.push(), "iat", FakeIssuer.at(now.plusSeconds(45)));
        Map<String, Object> late = with(github.push(), "exp", FakeIssuer.at(now.minusSeconds(30)));

        assertThat(look(github.sign(with(early, "nbf", FakeIssuer.at(now.plusSeconds(45)))))
                        .status())
                .isEqualTo(200);
        assertThat(look(github.sign(late)).status()).isEqualTo(200);
    }

    @Test
    void aRepositoryThatWasRenamedIsTheSame() {
        Map<String, Object> renamed = with(github.push(), "repository", "acme/renamed");
        renamed.put("sub", "repo:acme/renamed:ref:refs/heads/main");

        assertThat(look(github.sign(renamed)).status()).isEqualTo(200);
    }

    @Test
    void oneTokenIsGoodForOneChangeAndAnyNumberOfLooks() {
        String token = gitlab.sign(branch());
        String start = "/api/v1/releases";

        assertThat(look(token).status()).isEqualTo(200);
        Api.Answer first = slipway.as(token).start(Installation.bundle(folder, "podinfo", ""), Api.request("1.0.0"));
        Api.Answer again = slipway.as(token).start(Installation.bundle(folder, "podinfo", ""), Api.request("1.0.0"));

        assertThat(first.problem()).isEqualTo("temporal-unreachable");
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.problem()).isEqualTo("token-used");
        assertThat(look(token).status()).as("may still look").isEqualTo(200);
        assertThat(slipway.as(gitlab.sign(branch()))
                        .start(Installation.bundle(folder, "podinfo", ""), Api.request("1.0.0"))
                        .problem())
                .as(start)
                .isEqualTo("temporal-unreachable");
    }

    @Test
    void aTokenWithoutAnIdChangesNothingWhereEachIsGoodForOne() {
        Api.Answer answer = slipway.as(gitlab.sign(without(branch(), "jti")))
                .start(Installation.bundle(folder, "podinfo", ""), Api.request("1.0.0"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.detail()).contains("no jti");
    }

    @Test
    void aChangeThatIsNotAllowedUsesNothingUp() {
        String token = github.sign(github.push());

        assertThat(change(token, "abort").status()).isEqualTo(403);
        assertThat(change(token, "abort").status()).isEqualTo(403);
        assertThat(slipway.as(token)
                        .start(Installation.bundle(folder, "podinfo", ""), Api.request("1.0.0"))
                        .problem())
                .isEqualTo("temporal-unreachable");
    }

    @Test
    void aTokenThatMayBeUsedAgainIs() {
        String token = company.sign(person("00u-bob", "release-approvers"));

        assertThat(change(token, "abort").problem()).isEqualTo("temporal-unreachable");
        assertThat(change(token, "abort").problem()).isEqualTo("temporal-unreachable");
    }

    private static Map<String, Object> branch() {
        Map<String, Object> claims = gitlab.claims();
        claims.put("project_id", "77");
        claims.put("ref_protected", "true");
        claims.put("ref_type", "branch");
        return claims;
    }

    private static Map<String, Object> person(String sub, String... groups) {
        return with(with(company.claims(), "sub", sub), "groups", Arrays.asList(groups));
    }

    @Test
    void aBranchThatAnybodyMayPushIsNobody() {
        assertThat(look(gitlab.sign(branch())).status()).isEqualTo(200);
        assertThat(look(gitlab.sign(with(branch(), "ref_protected", "false"))).status())
                .isEqualTo(403);
        assertThat(look(gitlab.sign(with(branch(), "ref_type", "tag"))).status())
                .isEqualTo(403);
        assertThat(look(gitlab.sign(with(branch(), "project_id", "78"))).status())
                .isEqualTo(403);
    }

    @Test
    void aServiceAccountIsKnownByItsWholeName() {
        Map<String, Object> claims = with(cluster.claims(), "sub", "system:serviceaccount:ci:releaser");
        claims.put("kubernetes.io", Map.of("namespace", "ci"));

        Api.Answer answer = slipway.as(cluster.sign(claims)).post("/api/v1/releases/podinfo@1.0.0/abort", "{}");

        assertThat(answer.detail()).isEqualTo("cluster:system:serviceaccount:ci:releaser may not abort podinfo");
        assertThat(look(cluster.sign(with(claims, "sub", "system:serviceaccount:ci-evil:releaser")))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void allRulesThatMatchGiveTheirGroups() {
        String both = company.sign(person("00u-eve", "developers", "release-approvers"));
        String one = company.sign(person("00u-eve", "developers"));

        assertThat(change(both, "abort").problem()).isEqualTo("temporal-unreachable");
        assertThat(change(one, "abort").detail()).isEqualTo("company:00u-eve may not abort podinfo");
        assertThat(look(company.sign(person("00u-eve", "visitors"))).status()).isEqualTo(403);
    }

    @Test
    void aPersonHasOneNameWhicheverWayTheyCome() {
        assertThat(change(company.sign(person("00u-ann", "developers")), "abort")
                        .detail())
                .isEqualTo("ann may not abort podinfo");
    }

    @Test
    void aNameThatCouldBeTwoIsNone() {
        for (String sub : List.of("a/b", "a b", "", "x".repeat(300), "ann\u202e")) {
            assertThat(look(company.sign(person(sub, "developers"))).detail()).contains("no name");
        }
    }

    @Test
    void aStaticTokenCountsBesideThem() {
        assertThat(look("ci").status()).isEqualTo(200);
        assertThat(look("stolen").problem()).isEqualTo("not-authenticated");
    }

    @Test
    void eachIssuersNameBeginsItsCallersNames() {
        List<Consumer<Map<String, Object>>> lies = List.of(
                claims -> claims.put("sub", "github:1234567"), claims -> claims.put("preferred_username", "ci"));
        for (Consumer<Map<String, Object>> lie : lies) {
            Map<String, Object> claims = person("00u-mallory", "developers");
            lie.accept(claims);
            assertThat(change(company.sign(claims), "abort").detail()).startsWith("company:");
        }
    }

    @Test
    void aKeyThatTheConfigurationDoesNotKnowEndsTheStart() {
        String misspelt = "--slipway.identity.issuer[0].name=github";

        assertThatThrownBy(() -> Installation.withoutTemporalWith(folder.resolve("other"), misspelt)
                        .close())
                .hasStackTraceContaining("slipway.identity.issuer[0].name");
    }
}
