package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactionTest {
    @Test
    void takesOutWhatLooksLikeASecret() {
        String text = "login password=hunter22 token: abcdef Authorization: Bearer abcdefgh12 postgres://app:pw12@db/x"
                + " hf_abcdefghijkl AKIAABCDEFGHIJKLMNOP eyJhbGciOiJIUzI1.eyJzdWIiOiIx.sig done";

        assertThat(Redaction.tail(text, 2048))
                .doesNotContain("hunter22", "abcdef", "pw12", "hf_", "AKIA", "eyJ")
                .contains("login", "db/x", "done");
    }

    @Test
    void redactsBeforeItCutsSoThatNoHalfSecretRemains() {
        String text = "password=" + "s".repeat(100);

        assertThat(Redaction.tail(text, 40)).doesNotContain("ssss");
    }

    @Test
    void keepsTheEndAndDropsWhatMovesATerminalsCursor() {
        String text = "x".repeat(100) + "\u001b[31mred\u0007\r\nend";

        assertThat(Redaction.tail(text, 20)).hasSize(20).startsWith("...").endsWith("red\nend");
        assertThat(Redaction.head(text, 20)).hasSize(20).startsWith("xxx").endsWith("...");
    }
}
