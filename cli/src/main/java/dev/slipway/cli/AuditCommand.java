package dev.slipway.cli;

import dev.slipway.model.ReleaseId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code audit}: everything that happened in a release; who decided what, when, on which evidence. */
@Command(
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Show everything that happened in a release: who decided what, when, and on which evidence.",
            "It is read from the records, so it answers while Temporal is away, and is checked as 'verify' does."
        },
        footer = {
            "",
            "Examples:",
            "  slipway audit podinfo@6.9.2",
            "  slipway audit export podinfo@6.9.2 > podinfo-6.9.2.jsonl",
            "  slipway audit verify podinfo-6.9.2.jsonl"
        })
final class AuditCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "SERVICE@VERSION", arity = "0..1", description = "The release; all of its attempts.")
    private @Nullable ReleaseId release;

    AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (release == null) {
            throw new ParameterException(spec.commandLine(), "give SERVICE@VERSION, or export or verify");
        }
        JsonNode document = server.connect(terminal).facts(release);
        if (output.json()) {
            terminal.out().println(Json.pretty(document));
        } else {
            AuditSheet.lines(document.path("facts"), terminal.columns(), terminal.colours(terminal.outIsScreen()))
                    .forEach(line -> terminal.out().println(line));
        }
        return new Checked(terminal).documents(document.path("facts")).number();
    }
}
