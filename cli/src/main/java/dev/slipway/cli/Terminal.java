package dev.slipway.cli;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a command speaks: data to {@code out}, progress and errors to {@code err}, UTF-8 both.
 *
 * @param outIsScreen whether a person looks at {@code out}
 * @param errIsScreen whether a person looks at {@code err}
 * @param size asked again before each redraw, because people resize windows
 */
record Terminal(
        PrintStream out,
        PrintStream err,
        boolean outIsScreen,
        boolean errIsScreen,
        Supplier<Size> size,
        Map<String, String> environment,
        Clock clock) {

    /** Columns and rows. */
    record Size(int columns, int rows) {
        /** For what is no screen. */
        static final Size LOG = new Size(100, Integer.MAX_VALUE);
    }

    /** The process's own. The launcher says which streams are screens; without it they are asked. */
    static Terminal ofProcess() {
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isScreen(1),
                isScreen(2),
                Terminal::ask,
                System.getenv(),
                Clock.systemUTC());
    }

    /** A variable of the environment; empty counts as absent. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
    }

    /** Colours for a person who did not switch them off (no-color.org). */
    boolean colours(boolean screen) {
        return screen && variable("NO_COLOR").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    /** As wide as data on stdout should be. */
    int columns() {
        return outIsScreen ? size.get().columns() : Size.LOG.columns();
    }

    private static boolean isScreen(int descriptor) {
        String known = System.getProperty("slipway.screens");
        if (known != null) {
            return known.contains(Integer.toString(descriptor));
        }
        try {
            return new ProcessBuilder("test", "-t", Integer.toString(descriptor))
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Size ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .trim()
                    .split(" ");
            int rows = Integer.parseInt(answer[0]);
            int columns = Integer.parseInt(answer[1]);
            return rows > 0 && columns > 0 ? new Size(columns, rows) : new Size(80, 24);
        } catch (IOException | RuntimeException e) {
            return new Size(80, 24);
        }
    }
}
