package dev.slipway.cli;

import dev.slipway.model.ReleaseId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code audit export}: the facts of a release, to be kept elsewhere. */
@Command(
        description = "Write all facts of a release to stdout, one JSON document per line.",
        footer = {"", "Example:", "  slipway audit export podinfo@6.9.2 > podinfo-6.9.2.jsonl"})
final class AuditExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "SERVICE@VERSION", description = "The release; all of its attempts.")
    @SuppressWarnings("NullAway.Init")
    private ReleaseId release;

    AuditExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode facts = server.connect(terminal).facts(release).path("facts");
        for (JsonNode fact : facts) {
            terminal.out().println(Json.line(fact));
        }
        return new Checked(terminal).documents(facts).number();
    }
}
