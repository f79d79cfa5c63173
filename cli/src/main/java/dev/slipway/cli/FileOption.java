package dev.slipway.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which pipeline file. */
final class FileOption {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "release.yaml",
            description = "The pipeline file; default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    PipelineFile read() {
        return new PipelineFile(file);
    }
}
