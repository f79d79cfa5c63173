package dev.slipway.starter.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;

class IdentitySettingsTest {
    private static final String ISSUER = "slipway.identity.issuers[0].";
    private static final String RULE = ISSUER + "rules[0].";
    private static final String PERSON = "slipway.identity.people[0].";

    /** Each of the four kinds, as docs/identity.md sets it up. */
    private static Map<String, String> settings(String kind, String... when) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("slipway.identity.audience", "https://slipway.example.com");
        all.put(ISSUER + "name", "ci");
        all.put(ISSUER + "kind", kind);
        all.put(ISSUER + "issuer", "https://issuer.example.com");
        all.put(ISSUER + "keys-url", "https://issuer.example.com/jwks");
        all.put(RULE + "groups", "ci");
        for (int i = 0; i < when.length; i += 2) {
            all.put(RULE + "when[" + i / 2 + "].claim", when[i]);
            all.put(RULE + "when[" + i / 2 + "].is", when[i + 1]);
        }
        return all;
    }

    private static Map<String, String> github() {
        return settings("github", "repository_id", "1", "repository_owner_id", "2", "ref", "refs/heads/main");
    }

    private static Map<String, String> gitlab() {
        return settings("gitlab", "project_id", "77", "ref_protected", "true", "ref_type", "branch");
    }

    private static Map<String, String> cluster() {
        return settings("kubernetes", "sub", "system:serviceaccount:ci:releaser");
    }

    private static Map<String, String> company() {
        return settings("oidc", "groups", "approvers");
    }

    private static Map<String, String> with(Map<String, String> all, String key, String value) {
        all.put(key, value);
        return all;
    }

    private static Map<String, String> without(Map<String, String> all, String key) {
        all.remove(key);
        return all;
    }

    private static IdentitySettings bound(Map<String, String> all) {
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("slipway.identity", IdentitySettings.class)
                .get();
    }

    @Test
    void eachKindCanBeSetUp() {
        for (Map<String, String> all : java.util.List.of(github(), gitlab(), cluster(), company())) {
            assertThat(bound(all).issuers()).hasSize(1);
        }
    }

    static Stream<Arguments> mistakes() {
        String ref = "ref";
        String main = "refs/heads/main";
        return Stream.of(
                Arguments.of(settings("github", "repository", "acme/podinfo", ref, main), "needs repository_id and"),
                Arguments.of(
                        settings("github", "repository_id", "1", ref, main), "repository_owner_id in when, as numbers"),
                Arguments.of(
                        settings("github", "repository_id", "podinfo", "repository_owner_id", "2", ref, main),
                        "as numbers"),
                Arguments.of(settings("github", "repository_id", "1", "repository_owner_id", "2"), "every branch"),
                Arguments.of(
                        settings("gitlab", "project_path", "acme/podinfo"), "needs project_id in when, as a number"),
                Arguments.of(settings("gitlab", "project_id", "77", "ref_type", "branch"), "ref_protected is \"true\""),
                Arguments.of(
                        settings("gitlab", "project_id", "77", "ref_protected", "false", "ref_type", "tag"),
                        "\"true\""),
                Arguments.of(settings("gitlab", "project_id", "77", "ref_protected", "true"), "ref_type is branch"),
                Arguments.of(settings("kubernetes", "iss", "x"), "system:serviceaccount:NAMESPACE:NAME"),
                Arguments.of(settings("kubernetes", "sub", "system:serviceaccounts:ci"), "every pod of the cluster"),
                Arguments.of(settings("oidc"), "everybody of the company"),
                Arguments.of(with(company(), RULE + "subject", "approver"), "one vote together"),
                Arguments.of(with(company(), RULE + "subject", "{sub}{tid}"), "put a / between"),
                Arguments.of(with(company(), RULE + "subject", "{sub}/{email}"), "{email} in its subject"),
                Arguments.of(with(github(), RULE + "subject", "{actor}"), "{actor} in its subject"),
                Arguments.of(with(github(), RULE + "subject", "a b"), "write letters, digits"),
                Arguments.of(with(github(), RULE + "groups", ""), "needs groups"),
                Arguments.of(with(github(), RULE + "when[2].is", "refs/heads/*"), "no wildcards"),
                Arguments.of(with(github(), ISSUER + "algorithms", "HS256"), "algorithms is [HS256]"),
                Arguments.of(with(github(), ISSUER + "algorithms", "none"), "algorithms is [none]"),
                Arguments.of(
                        with(github(), ISSUER + "keys-url", "http://issuer.example.com/jwks"), "https://HOST/PATH"),
                Arguments.of(
                        with(github(), ISSUER + "keys-url", "https://a:b@issuer.example.com/"), "https://HOST/PATH"),
                Arguments.of(without(github(), ISSUER + "keys-url"), "keys-url or keys-file"),
                Arguments.of(with(github(), ISSUER + "keys-file", "/no/such/file"), "and not both"),
                Arguments.of(
                        with(without(github(), ISSUER + "keys-url"), ISSUER + "keys-file", "/no/such/file"),
                        "keys-file is /no/such/file, which is no file"),
                Arguments.of(with(github(), ISSUER + "name", "GitHub:"), "name is 'GitHub:'"),
                Arguments.of(with(github(), ISSUER + "longest-age", "25h"), "at most 24h"),
                Arguments.of(without(github(), ISSUER + "kind"), "say github, gitlab, kubernetes or oidc"),
                Arguments.of(without(github(), ISSUER + "issuer"), "issuer is missing"),
                Arguments.of(without(github(), "slipway.identity.audience"), "audience is missing"),
                Arguments.of(with(github(), "slipway.identity.audience", "https://github.com/acme"), "for others"),
                Arguments.of(with(cluster(), "slipway.identity.audience", "https://issuer.example.com"), "for others"),
                Arguments.of(person("nobody", "actor_id"), "none of the issuers [ci]"),
                Arguments.of(person("ci", "actor"), "names and addresses change hands"),
                Arguments.of(with(github(), PERSON + "subject", "ann"), "and issuer, claim and is, or email"),
                Arguments.of(with(person("ci", ""), PERSON + "email", "ann@example.com"), "issuer, claim and is, or"),
                Arguments.of(author("ann"), "people[ann].email is 'ann', which is no address"),
                Arguments.of(
                        with(
                                with(author("a@example.com"), "slipway.identity.people[1].subject", "bob"),
                                "slipway.identity.people[1].email",
                                "A@example.com"),
                        "people[].email has 'a@example.com' twice"));
    }

    private static Map<String, String> author(String email) {
        return with(with(github(), PERSON + "subject", "ann"), PERSON + "email", email);
    }

    @Test
    void aPersonMayBeKnownByTheirCommitsAlone() {
        IdentitySettings.Person ann =
                bound(author("ann@example.com,ann@home")).people().get(0);

        assertThat(ann.hasAddress("Ann@HOME")).isTrue();
        assertThat(ann.hasAddress("ann")).isFalse();
    }

    private static Map<String, String> person(String issuer, String claim) {
        return with(
                with(
                        with(with(github(), PERSON + "subject", "ann"), PERSON + "issuer", issuer),
                        PERSON + "claim",
                        claim),
                PERSON + "is",
                "583231");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatIsWrongWhereAndWhatToDo(Map<String, String> all, String words) {
        Throwable wrong = catchThrowable(() -> bound(all));

        assertThat(wrong).isNotNull();
        assertThat(NestedExceptionUtils.getMostSpecificCause(wrong))
                .hasMessageStartingWith("slipway.identity.")
                .hasMessageContaining(words);
    }

    @Test
    void twoIssuersCannotBeOne() {
        Map<String, String> all = github();
        github().forEach((key, value) -> all.put(key.replace("issuers[0]", "issuers[1]"), value));

        assertThat(NestedExceptionUtils.getMostSpecificCause(catchThrowable(() -> bound(all))))
                .hasMessageContaining("issuers[].name has 'ci' twice");
    }
}
