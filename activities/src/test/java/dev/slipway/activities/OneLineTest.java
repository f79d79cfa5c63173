package dev.slipway.activities;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r\n", "\u001b", "\u0000", "\u0085", "\u009b", "\u2028", "\u2029", "\u202e", "\u2066", "\u200b",
                "\ufeff"
            })
    void nothingOfWhatAReaderCannotSeeStays(String unseen) {
        assertThat(OneLine.of("paid " + unseen + "ERROR" + unseen)).isEqualTo("paid  ERROR");
    }

    @Test
    void whatAReaderSeesStaysAsItIs() {
        assertThat(OneLine.of(" größer als 5 % – ✔ ")).isEqualTo("größer als 5 % – ✔");
    }
}
