package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {
    @Test
    void nothingOfATextReachesATerminalAsACommand() {
        assertThat(SafeText.line(" a\r\nb\tc \033[31m\u202Etxt\0\u2028d\u200b "))
                .isEqualTo("a b c [31mtxt d");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(SafeText.line("x".repeat(5000))).hasSize(2000).endsWith("...");
    }
}
