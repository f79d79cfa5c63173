package dev.slipway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command as a person types it. */
record Shell(List<String> command, Map<String, String> environment, String input) {

    /** What came of it. */
    record Result(int exit, String out, String err) {
        @Override
        public String toString() {
            return "exit " + exit + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    static Shell of(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(arguments));
        return new Shell(command, Map.of(), "");
    }

    Shell with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Shell(command, more, input);
    }

    Shell stdin(String text) {
        return new Shell(command, environment, text);
    }

    /** Runs it to its end, at most ten minutes. */
    Result run() {
        return start().await();
    }

    /** Runs it and insists that it works; returns what it printed. */
    String must() {
        Result result = run();
        if (result.exit() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + result);
        }
        return result.out().strip();
    }

    Running start() {
        try {
            Path out = Files.createTempFile("slipway-e2e", ".out");
            Path err = Files.createTempFile("slipway-e2e", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Lab.root().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            return new Running(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that is still going on. */
    record Running(Process process, Path out, Path err) {
        Result await() {
            try {
                if (!process.waitFor(10, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("not within ten minutes: " + read(err));
                }
                return new Result(process.exitValue(), read(out), read(err));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
