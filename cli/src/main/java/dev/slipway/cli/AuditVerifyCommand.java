package dev.slipway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit verify}: whether an export is what was kept; asks no server. */
@Command(
        description = {
            "Check an export without a server: that no fact was changed, left out, added or moved.",
            "Names the first one that does not fit. That nothing was cut off the end is only sure with a head",
            "that is known from elsewhere, such as the control worker's log, or when the release has ended."
        },
        footer = {"", "Example:", "  slipway audit verify podinfo-6.9.2.jsonl"})
final class AuditVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "What 'slipway audit export' wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--head", paramLabel = "HASH", description = "A hash that must be among those of the facts.")
    private @Nullable String head;

    AuditVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            return new Checked(terminal).file(file, Optional.ofNullable(head)).number();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.USAGE, "cannot read " + SafeText.line(file.toString()), "give the path of an export");
        }
    }
}
