package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    @Test
    void knownSecretsGoAlsoInBase64() {
        Redactor redactor = Redactor.of(List.of("s3cret-value"));
        assertThat(redactor.clean("a s3cret-value b czNjcmV0LXZhbHVl c")).isEqualTo("a [redacted] b [redacted] c");
    }

    @Test
    void aSecretThatBeginsAnotherDoesNotLeaveItsEnd() {
        assertThat(Redactor.of(List.of("abcdef", "abcdefghij")).clean("abcdefghij"))
                .isEqualTo("[redacted]");
    }

    @Test
    void wordsTooShortToBeSecretsStay() {
        assertThat(Redactor.of(List.of("", " ", "a")).clean("a cat")).isEqualTo("a cat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer CANARYCANARYCANARY",
                "url https://user:CANARYCANARY@host/path",
                "db_password=CANARYCANARY",
                "\"apiKey\": \"CANARYCANARY\"",
                "jwt eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOiJDQU5BUlkifQ.CANARYCANARY",
                "-----BEGIN RSA PRIVATE KEY-----\nCANARY\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nCANARY cut off"
            })
    void whatLooksLikeASecretGoes(String text) {
        assertThat(Redactor.of(List.of()).clean(text)).doesNotContain("CANARY").contains("[redacted]");
    }

    @Test
    void ordinaryMessagesStay() {
        String text =
                "secrets \"podinfo\" is forbidden: User \"worker\" cannot list resource \"secrets\" in API group \"\"";
        assertThat(Redactor.of(List.of()).clean(text)).isEqualTo(text);
    }
}
