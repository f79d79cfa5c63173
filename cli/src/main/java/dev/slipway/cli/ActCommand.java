package dev.slipway.cli;

import dev.slipway.model.ReleaseId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code abort}, {@code pause}, {@code resume}, {@code retry-undo}, {@code accept-as-is}. */
@Command
final class ActCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Act act;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "SERVICE@VERSION", description = "The release.")
    @SuppressWarnings("NullAway.Init")
    private ReleaseId release;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who read it later.")
    private String reason = "";

    ActCommand(Terminal terminal, Act act) {
        this.terminal = terminal;
        this.act = act;
    }

    @Override
    public Integer call() {
        Server.Answer answer = server.connect(terminal).act(release, act.command, Map.of("reason", reason));
        terminal.out().println(release + " " + act.done + message(answer));
        if (act != Act.ACCEPT_AS_IS) {
            terminal.err().println("next: slipway get " + release + " --watch");
        }
        return ExitCode.OK.number();
    }

    /** What the workflow said, as the rest of a sentence. */
    static String message(Server.Answer answer) {
        String message = SafeText.line(answer.document().path("message").asString(""));
        return message.isEmpty() ? "" : ": " + message;
    }

    /** Writes the help of each. */
    static void describe(CommandLine root) {
        for (Act act : Act.values()) {
            CommandLine.Model.CommandSpec spec = Objects.requireNonNull(
                            root.getSubcommands().get(act.command))
                    .getCommandSpec();
            spec.usageMessage()
                    .description(act.description)
                    .footer(
                            "",
                            "Example:",
                            "  slipway " + act.command + " podinfo@6.9.2 --reason 'wrong model weights'");
        }
    }
}
