package dev.slipway.activities.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Difference;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is secret on either side is in nothing that leaves, wherever the chart has put it. */
class MaskingTest {
    private static final String OLD = "0ld-c4nary-S3cret";
    private static final String NEW = "n3w-c4nary-S3cret";

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String everything(Comparison comparison) {
        Difference difference = comparison.difference();
        return comparison.whole(List.of("heading")) + difference + difference.evidence("slipway diff");
    }

    private static void assertHidden(Comparison comparison) {
        assertThat(everything(comparison))
                .doesNotContain(OLD, NEW, base64(OLD), base64(NEW), base64(OLD).replace("=", ""))
                .contains("masked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: Secret\nmetadata: { name: s }\ndata: { k: '@64' }",
                "kind: Secret\nmetadata: { name: s }\nstringData: { name: '@' }",
                "kind: Secret\nmetadata: { name: s }\nstringData: { k: \"a\\nb @ c\\nd\" }",
                "kind: Secret\nmetadata: { name: s }\nstringdata: { k: '@' }",
                "kind: Secret\nmetadata: { name: s, annotations: { kubectl.kubernetes.io/last-applied-configuration: '{\"k\":\"@\"}' } }",
                "kind: ConfigMap\nmetadata: { name: c }\ndata: { DB_PASSWORD: '@' }",
                "kind: ConfigMap\nmetadata: { name: c }\ndata: { app.properties: \"x=1\\ndb.password=@\\n\" }",
                "kind: Pod\nmetadata: { name: p }\nspec: { containers: [ { name: a, env: [ { name: HF_TOKEN, value: '@' } ] } ] }",
                "kind: Pod\nmetadata: { name: p }\nspec: { containers: [ { name: a, args: [ '--password', '@' ] } ] }",
                "kind: Pod\nmetadata: { name: p }\nspec: { containers: [ { name: a, args: [ '--api-key=@' ] } ] }",
                "kind: Pod\nmetadata: { name: p }\nspec: { containers: [ { name: a, args: [ 'postgres://u:@ATh/db' ] } ] }",
                "kind: Custom\nmetadata: { name: p }\nspec: { credentials: { user: bob, key: '@' } }",
                "kind: Custom\nmetadata: { name: p }\nspec: { tokens: [ '@' ] }"
            })
    void aSecretThatChangesIsMaskedInObjects(String object) {
        Comparison changed = Rendered.of(filled(object, OLD), filled(object, NEW));

        assertHidden(changed);
        assertThat(changed.difference().objects()).singleElement().asString().contains(" changed, +");
        assertHidden(Comparison.ofFirst(Rendered.side("new", "{}", filled(object, NEW))));
    }

    private static String filled(String object, String secret) {
        return object.replace("@64", base64(secret)).replace("@", secret).replace("AT", "@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ db: { password: '@' } }",
                "{ apiKey: '@' }",
                "{ secrets: { db: '@' } }",
                "{ env: [ { name: DB_PASS, value: '@' } ] }",
                "{ extraArgs: [ '--token', '@' ] }"
            })
    void aSecretThatChangesIsMaskedInValues(String values) {
        Comparison changed = Rendered.ofValues(filled(values, OLD), filled(values, NEW));

        assertHidden(changed);
        assertThat(changed.difference().values()).singleElement().asString().endsWith("(masked) -> (masked, changed)");
    }

    @Test
    void aSecretIsMaskedWhereverElseItStands() {
        String pods =
                "kind: Pod\nmetadata: { name: p, annotations: { note: 'x @ y' } }\nspec: { containers: [ { name: a,"
                        + " args: [ '@', 'zz@zz', '@64' ] } ] }\n---\nkind: Secret\nmetadata: { name: s }\nstringData: { k: '@' }";

        Comparison changed = Comparison.of(
                Rendered.side("from " + OLD, "{ note: '" + OLD + "' }", filled(pods, OLD)),
                Rendered.side("to", "{ note: '" + NEW + "' }", filled(pods, NEW)));

        assertHidden(changed);
    }

    @Test
    void ofAKeyNoLineLeaves() {
        String pem = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0B\n".repeat(3)
                + "-----END PRIVATE KEY-----\n";
        String indented = pem.replace("\n", "\n    ");
        Comparison first = Comparison.ofFirst(Rendered.side(
                "new",
                "{}",
                "kind: Secret\nmetadata: { name: s }\nstringData:\n  k: |\n    " + indented
                        + "\n---\nkind: ConfigMap\nmetadata: { name: c }\ndata:\n  copy: |\n    " + indented));

        assertThat(everything(first)).doesNotContain("MIIEvQ");
    }

    @Test
    void aSecretThatStaysIsNoChange() {
        String secret = filled("kind: Secret\nmetadata: { name: s }\ndata: { a: '@64', b: '%s' }", OLD);

        Comparison one = Rendered.of(secret.formatted("b2xk"), secret.formatted("bmV3"));

        assertThat(one.difference().excerpt())
                .contains("   a: (masked)", "-  b: (masked)", "+  b: (masked, changed)")
                .doesNotContain("a: (masked, changed)");
    }

    @ParameterizedTest
    @CsvSource({
        "secretName, my-tls",
        "existingSecret, my-secret",
        "tokenizer, sentencepiece",
        "maxTokens, 4096",
        "automountServiceAccountToken, 'true'",
        "replicaCount, 17",
        "keyboard, qwertz"
    })
    void whatOnlyTellsWhereASecretIsIsShown(String key, String value) {
        assertThat(Rendered.ofValues("{ " + key + ": before }", "{ " + key + ": '" + value + "' }")
                        .difference()
                        .values())
                .containsExactly(key + ": \"before\" -> \"" + value + "\"");
    }

    @Test
    void theDiffOfTheSameTwoIsTheSame() {
        String secret = "kind: Secret\nmetadata: { name: s }\nstringData: { k: '@' }";
        String once = Rendered.of(filled(secret, OLD), filled(secret, NEW)).whole(List.of());

        assertThat(Rendered.of(filled(secret, OLD), filled(secret, NEW)).whole(List.of()))
                .as("its digest is on record")
                .isEqualTo(once);
        assertThat(Rendered.of(filled(secret, NEW), filled(secret, OLD)).whole(List.of()))
                .as("and tells nothing of the secret, not even by a hash")
                .isEqualTo(once);
    }

    @Test
    void whateverSecretsThereAreNoneLeaves() {
        Random random = new Random(20261122);
        String alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#%&*+-_=.:/ ";
        for (int i = 0; i < 300; i++) {
            StringBuilder secret = new StringBuilder("q");
            for (int n = 8 + random.nextInt(40); n > 0; n--) {
                secret.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String canary = secret.append("Z").toString();
            String object = "kind: Secret\nmetadata: { name: s }\nstringData: { k: '%1$s' }\n---\n"
                    + "kind: ConfigMap\nmetadata: { name: c }\ndata: { url: 'http://x/%1$s/y', plain: '%1$s' }";
            Comparison first = Comparison.ofFirst(
                    Rendered.side("new", "{ a: { token: '" + canary + "' } }", object.formatted(canary)));

            assertThat(everything(first)).as("number " + i).doesNotContain(canary);
        }
    }
}
