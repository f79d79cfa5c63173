package dev.slipway.workflows.replay;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recorded histories: {@code src/test/resources/histories/<version>/<recording>.<workflow id>.json}. */
final class Histories {
    private static final Path FOLDER = Path.of("src/test/resources/histories");

    private Histories() {}

    /** All files, of all versions. */
    static List<Path> all() {
        if (!Files.isDirectory(FOLDER)) {
            return List.of(); // nothing was released yet
        }
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + FOLDER.toAbsolutePath(), e);
        }
    }

    /** {@code 0.1.0/good-canary.podinfo_production.json}. */
    static String name(Path file) {
        return FOLDER.relativize(file).toString();
    }

    static WorkflowExecutionHistory read(Path file) {
        try {
            return WorkflowExecutionHistory.fromJson(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static void write(String version, Recording recording, Family family) {
        Path folder = FOLDER.resolve(version);
        try {
            Files.createDirectories(folder);
            for (WorkflowExecution run : family.members().keySet()) {
                Files.writeString(
                        free(
                                folder,
                                recording.slug() + "." + run.getWorkflowId().replaceAll("[^A-Za-z0-9.-]", "_")),
                        family.members().get(run).toJson(false) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder.toAbsolutePath(), e);
        }
    }

    /** Forgets what was recorded for a version that is not released yet. */
    static void clear(String version, Recording recording) {
        String begin = version + "/" + recording.slug() + ".";
        all().stream().filter(file -> name(file).startsWith(begin)).forEach(Histories::delete);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private static Path free(Path folder, String name) {
        for (int run = 1; ; run++) {
            Path file = folder.resolve(name + (run == 1 ? "" : "." + run) + ".json");
            if (!Files.exists(file)) {
                return file;
            }
        }
    }
}
