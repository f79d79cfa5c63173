package dev.slipway.cli;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code approve} and {@code reject}: one person's word at an open gate, for exactly the digests that it shows. */
@Command
final class DecideCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final String choice;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "SERVICE@VERSION", description = "The release.")
    @SuppressWarnings("NullAway.Init")
    private ReleaseId release;

    @Option(
            names = "--gate",
            paramLabel = "ENV/GATE",
            description = "The gate, such as production/approve; default: the one that is open.")
    private @Nullable String gate;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who read it later.")
    private String reason = "";

    DecideCommand(Terminal terminal, String choice) {
        this.terminal = terminal;
        this.choice = choice;
    }

    @Override
    public Integer call() {
        Server api = server.connect(terminal);
        ReleaseView view = Snapshot.of(api.release(release)).view();
        String open = gate == null ? open(view) : gate;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("gate", open);
        body.put("choice", choice);
        body.put("attempt", view.attempt());
        body.put("fingerprint", view.digests().fingerprint().value());
        body.put("reason", reason);
        Server.Answer answer = api.act(release, "decisions", body);
        String image = view.digests().image().value().substring(0, "sha256:".length() + 12);
        String said = choice.equals("APPROVE") ? "approved " : "rejected ";
        terminal.out()
                .println(said + release + " (image " + image + ") at " + SafeText.line(open)
                        + ActCommand.message(answer));
        return ExitCode.OK.number();
    }

    private String open(ReleaseView view) {
        return NextCommands.gate(view)
                .orElseThrow(() -> new Failure(
                        ExitCode.CONFLICT,
                        release + " asks nobody for an approval now",
                        List.of("it is " + Mark.of(view).word()
                                + (view.waitingFor().isEmpty() ? "" : " and waits for " + view.waitingFor())),
                        "slipway get " + release));
    }

    /** Writes the help of both. */
    static void describe(CommandLine root) {
        describe(root, "approve", "Say yes at an open gate. Who requested or wrote a release never counts.");
        describe(root, "reject", "Say no at an open gate: the release ends, and what its stage changed is put back.");
    }

    private static void describe(CommandLine root, String command, String description) {
        Objects.requireNonNull(root.getSubcommands().get(command))
                .getCommandSpec()
                .usageMessage()
                .description(description)
                .footer(
                        "",
                        "Example:",
                        "  slipway " + command.toLowerCase(Locale.ROOT) + " podinfo@6.9.2 --gate production/approve");
    }
}
