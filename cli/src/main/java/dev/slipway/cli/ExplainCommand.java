package dev.slipway.cli;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code explain}: one release as a causal chain. */
@Command(
        description = {
            "Tell why a release ended as it did, or why it stands where it stands.",
            "From its end back to the cause, with the evidence and the queries to look again; then what",
            "followed, what had passed before, and who acted. -o json is a list of {when, what, why, evidence}."
        },
        footer = {
            "",
            "Examples:",
            "  slipway explain podinfo@6.9.2",
            "  slipway explain podinfo@6.9.2 -o json | jq -r '.[].evidence[].link | select(. != \"\")'"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "SERVICE@VERSION", description = "The release; its latest attempt.")
    @SuppressWarnings("NullAway.Init")
    private ReleaseId release;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode document = server.connect(terminal).release(release);
        ReleaseView view = Snapshot.of(document).view();
        Instant now = terminal.clock().instant();
        if (output.json()) {
            terminal.out().println(Json.pretty(Chain.of(view, now)));
        } else {
            Explanation.lines(view, now, terminal.columns(), terminal.colours(terminal.outIsScreen()))
                    .forEach(line -> terminal.out().println(line));
        }
        return ExitCode.OK.number();
    }
}
