package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoodbyeTest {
    @Test
    void givesTheTerminalBackAndSaysThatTheReleaseGoesOn() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                err,
                err,
                true,
                true,
                () -> new Terminal.Size(100, 50),
                Map.of(),
                Clock.fixed(Views.NOW, ZoneOffset.UTC));
        RedrawnPicture picture = new RedrawnPicture(terminal, err);
        Snapshot now = new Snapshot(Json.read("{}"), PictureTest.RAMPING);
        picture.saw(now);

        Goodbye.say(terminal, Views.ID, picture);
        picture.saw(now);

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .endsWith("\u001b[?7h\u001b[?25hstopped looking; podinfo@6.9.2 goes on\n"
                        + "next: slipway get podinfo@6.9.2 --watch, or stop it: slipway abort podinfo@6.9.2\n");
    }
}
