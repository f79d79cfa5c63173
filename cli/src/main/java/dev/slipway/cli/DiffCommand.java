package dev.slipway.cli;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code diff}: all of what people were asked about. */
@Command(
        description = {
            "Show what a release changes in an environment, as it was when people were asked last.",
            "Values, rendered objects, and what to look at twice; secrets are masked. Its digest is on record",
            "with the question (slipway audit), and is checked here."
        },
        footer = {
            "",
            "Examples:",
            "  slipway diff podinfo@6.9.2 --environment production | less -R",
            "  slipway diff podinfo@6.9.2 --environment production -o json | jq -r .digest"
        })
final class DiffCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "SERVICE@VERSION", description = "The release; its latest attempt.")
    @SuppressWarnings("NullAway.Init")
    private ReleaseId release;

    @Option(names = "--environment", paramLabel = "ENV", required = true, description = "The environment.")
    @SuppressWarnings("NullAway.Init")
    private EnvironmentName environment;

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JsonNode shown = server.connect(terminal).diff(release, environment);
        String text = shown.path("text").asString("");
        Digest digest = Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
        if (!digest.value().equals(shown.path("digest").asString(""))) {
            throw new Failure(
                    ExitCode.INTERNAL,
                    "the diff is not the one that was asked about: it is " + digest + ", asked was "
                            + SafeText.line(shown.path("digest").asString("")),
                    "decide on nothing, and tell the platform team");
        }
        if (output.json()) {
            terminal.out().println(Json.pretty(shown));
        } else {
            text.lines().forEach(line -> terminal.out().println(coloured(SafeText.line(line))));
            terminal.out().println(digest);
        }
        return ExitCode.OK.number();
    }

    private String coloured(String line) {
        Ink ink = line.startsWith("+") ? Ink.GOOD : line.startsWith("-") ? Ink.BAD : Ink.PLAIN;
        return ink.on(line, terminal.colours(terminal.outIsScreen()));
    }
}
