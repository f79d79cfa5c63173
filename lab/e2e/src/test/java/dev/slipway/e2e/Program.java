package dev.slipway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A process of the running Slipway or of the lab, found by its pid file and never by its name. */
record Program(String name, Path pidFile) {
    static Program slipway(String name) {
        return new Program(name, Path.of(Lab.need("SLIPWAY_RUN"), name + ".pid"));
    }

    static Program lab(String part) {
        return new Program(part, Path.of(Lab.need("LAB_RUN"), part + ".pid"));
    }

    long pid() {
        try {
            return Long.parseLong(Files.readString(pidFile).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean runs() {
        return Files.exists(pidFile) && ProcessHandle.of(pid()).isPresent();
    }

    void kill() {
        signal(pid(), "KILL");
    }

    /** It does nothing more, and does not know, until the answer is closed. */
    Frozen freeze() {
        Frozen frozen = new Frozen(pid());
        signal(frozen.pid(), "STOP");
        return frozen;
    }

    static void signal(long pid, String signal) {
        Shell.of("kill", "-" + signal, Long.toString(pid)).must();
    }

    /** Starts again what does not run, of the lab and of Slipway. */
    static void allUp() {
        Shell.of("lab/lab", "up").must();
        Shell.of("lab/slipway", "up").must();
    }

    /** Ends all of Slipway and starts it with this variable of {@code lab/slipway}. */
    static void allRestarted(String variable, String value) {
        Shell.of("lab/slipway", "down").must();
        Shell.of("lab/slipway", "up").with(variable, value).must();
    }

    /** A second process of the same kind, which takes the work that this one does not take. */
    Twin twin() {
        try {
            List<String> command = new ArrayList<>();
            for (String word : nulSeparated("cmdline")) {
                String other = word.startsWith("--server.port=") ? "--server.port=0" : word;
                command.add(other.startsWith("-Dslipway.process=") ? other + "-twin" : other);
            }
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().clear();
            for (String variable : nulSeparated("environ")) {
                int equals = variable.indexOf('=');
                builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
            }
            // the pid file stays the first one's
            builder.environment().remove("SLIPWAY_RUN");
            Path log = Files.createTempFile("slipway-e2e-twin", ".log");
            return new Twin(builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> nulSeparated(String file) throws IOException {
        String all =
                new String(Files.readAllBytes(Path.of("/proc", Long.toString(pid()), file)), StandardCharsets.UTF_8);
        return List.of(all.split("\0"));
    }

    @Override
    public String toString() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Closing it lets it go on where it stood. */
    record Frozen(long pid) implements AutoCloseable {
        void thaw() {
            signal(pid, "CONT");
        }

        @Override
        public void close() {
            thaw();
        }
    }

    /** Ends with the test. */
    record Twin(Process process) implements AutoCloseable {
        @Override
        public void close() {
            process.destroy();
        }
    }
}
