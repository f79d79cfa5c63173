package dev.slipway.activities.sweep;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** The matrix of cuts and invariants, {@code build/reports/crash-sweep.json} in the repository's root. */
final class SweepReport {
    private SweepReport() {}

    static void write(Collection<Finding> findings) throws IOException {
        Path file = Path.of("..", "build", "reports", "crash-sweep.json");
        Files.createDirectories(file.getParent());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(file.toFile(), findings.stream().map(Finding::row).toList());
    }
}
