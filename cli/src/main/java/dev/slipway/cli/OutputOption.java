package dev.slipway.cli;

import picocli.CommandLine.Option;

/** For whom stdout is written. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How the result is written; default: ${DEFAULT-VALUE}.")
    private Output output = Output.TEXT;

    boolean json() {
        return output == Output.JSON;
    }
}
