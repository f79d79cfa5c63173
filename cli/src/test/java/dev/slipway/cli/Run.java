package dev.slipway.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One call of the command line in this process, at a fixed time; what it said and how it ended. */
record Run(int code, String out, String err) {
    private static final ReleaseFeed.Pace QUICK =
            new ReleaseFeed.Pace(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1));

    /** Without a server, into files. */
    static Run slipway(String... args) {
        return with(Map.of(), "", args);
    }

    /** With a server and its token, into files. */
    static Run against(FakeApi api, String... args) {
        return with(Map.of("SLIPWAY_URL", api.url(), "SLIPWAY_TOKEN", FakeApi.TOKEN), "", args);
    }

    /**
     * @param screens which of 1 (stdout) and 2 (stderr) a person looks at
     */
    static Run with(Map<String, String> environment, String screens, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Slipway.run(terminal(environment, screens, out, err), QUICK, args);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A terminal that nobody looks at. */
    static Terminal terminal(Map<String, String> environment) {
        return terminal(environment, "", new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    private static Terminal terminal(
            Map<String, String> environment, String screens, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                screens.contains("1"),
                screens.contains("2"),
                () -> new Terminal.Size(100, 50),
                new HashMap<>(environment),
                Clock.fixed(Views.NOW, ZoneOffset.UTC));
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
