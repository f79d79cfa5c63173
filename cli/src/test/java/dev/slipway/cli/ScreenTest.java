package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void drawsInPlaceAndGivesTheTerminalBack() {
        screen.draw(List.of("one", "two"));
        screen.draw(List.of("three"));
        screen.close();
        screen.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[?25l\u001b[?7lone\u001b[K\ntwo\u001b[K\n\u001b[J"
                        + "\r\u001b[2Athree\u001b[K\n\u001b[J"
                        + "\u001b[?7h\u001b[?25h");
    }

    @Test
    void writesNothingWhenNothingChanged() {
        screen.draw(List.of("one"));
        int size = bytes.size();

        screen.draw(List.of("one"));

        assertThat(bytes.size()).isEqualTo(size);
    }
}
