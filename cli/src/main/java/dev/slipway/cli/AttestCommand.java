package dev.slipway.cli;

import dev.slipway.model.ReleaseId;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attest}: hand in evidence for a release that runs. */
@Command(
        description = {
            "Hand in evidence for a release that runs: what a 'require' gate waits for.",
            "It is signed with who hands it in. All of the file is taken, or nothing."
        },
        footer = {"", "Example:", "  slipway attest podinfo@6.9.2 --evidence evidence.json"})
final class AttestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "SERVICE@VERSION", description = "The release.")
    @SuppressWarnings("NullAway.Init")
    private ReleaseId release;

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            required = true,
            description = "A JSON list of what was found out about the image or the chart (docs/evidence.md).")
    @SuppressWarnings("NullAway.Init")
    private Path evidence;

    AttestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        EvidenceDocument document =
                EvidenceDocument.read(evidence, terminal.clock().instant());
        Server.Answer answer = server.connect(terminal).attest(release, document.bytes());
        terminal.out().println(release + " has the evidence" + ActCommand.message(answer));
        terminal.err().println("next: slipway get " + release + " --watch");
        return ExitCode.OK.number();
    }
}
