package dev.slipway.cli;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code recover}: puts a slot back whose stage is gone, and follows that to its end. */
@Command(
        description = {
            "Put back what a stage has left that is gone, such as one that was terminated in Temporal.",
            "It runs the undo that the stage would have run, and leaves alone what somebody else has changed since."
        },
        footer = {
            "",
            "Examples:",
            "  slipway recover podinfo --environment production --dry-run",
            "  slipway recover podinfo --environment production --reason 'terminated by mistake'"
        })
final class RecoverCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ReleaseFeed.Pace pace;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "SERVICE", description = "The service.")
    @SuppressWarnings("NullAway.Init")
    private ServiceName service;

    @Option(names = "--environment", paramLabel = "ENV", required = true, description = "Where.")
    @SuppressWarnings("NullAway.Init")
    private EnvironmentName environment;

    @Option(names = "--dry-run", description = "Show what is left and what would be put back; change nothing.")
    private boolean dryRun;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who read it later.")
    private String reason = "";

    private String told = "";

    RecoverCommand(Terminal terminal, ReleaseFeed.Pace pace) {
        this.terminal = terminal;
        this.pace = pace;
    }

    @Override
    public Integer call() {
        Server api = server.connect(terminal);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dryRun", dryRun);
        body.put("reason", reason);
        JsonNode last = api.recover(service, environment, body);
        String run = text(last, "run");
        tell(last);
        while (!over(last)) {
            last = look(api, run, last);
            tell(last);
        }
        print(last);
        return code(last).number();
    }

    /** A server that is away for a moment changes nothing: the recovery runs without it. */
    private JsonNode look(Server api, String run, JsonNode before) {
        try {
            TimeUnit.NANOSECONDS.sleep(pace.retry().toNanos());
            return api.recovery(service, environment, run);
        } catch (Unreachable away) {
            say("the server does not answer: " + away.getMessage());
            return before;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(
                    ExitCode.STILL_RUNNING, "stopped waiting; the recovery goes on", "run the same command again");
        }
    }

    private static boolean over(JsonNode recovery) {
        String phase = text(recovery, "phase");
        return phase.equals("DONE") || phase.equals("STUCK");
    }

    /** Progress goes to stderr, a line when something has changed. */
    private void tell(JsonNode recovery) {
        String reason = text(recovery, "reason");
        say(service + ":" + environment + " " + text(recovery, "phase") + (reason.isEmpty() ? "" : ": " + reason));
    }

    private void say(String line) {
        if (!line.equals(told)) {
            terminal.err().println(line);
            told = line;
        }
    }

    private void print(JsonNode recovery) {
        if (output.json()) {
            terminal.out().println(Json.pretty(recovery));
        } else {
            lines(recovery);
        }
        next(recovery).forEach(command -> terminal.err().println("next: " + command));
    }

    private void lines(JsonNode recovery) {
        recovery.path("found").forEach(fact -> terminal.out().println("found: " + SafeText.line(fact.asString(""))));
        if (dryRun) {
            recovery.path("would").forEach(act -> terminal.out().println("would: " + SafeText.line(act.asString(""))));
        }
        for (JsonNode undo : recovery.path("undo")) {
            terminal.out().println(text(undo, "resource") + " " + text(undo, "state") + ": " + text(undo, "detail"));
        }
        String outcome = text(recovery, "outcome");
        String ended = outcome.isEmpty() ? text(recovery, "phase") : outcome;
        terminal.out().println(service + ":" + environment + " " + ended + ": " + text(recovery, "reason"));
    }

    private List<String> next(JsonNode recovery) {
        String release = text(recovery, "release");
        if (text(recovery, "phase").equals("STUCK")) {
            return release.isEmpty() ? List.of(command("")) : NextCommands.stuck(release);
        }
        return dryRun && recovery.path("found").size() > 0 ? List.of(command("")) : List.of();
    }

    private String command(String more) {
        return "slipway recover " + service + " --environment " + environment + more;
    }

    private ExitCode code(JsonNode recovery) {
        boolean anything = recovery.path("found").size() > 0;
        if (text(recovery, "phase").equals("STUCK")) {
            return ExitCode.STUCK;
        }
        return switch (text(recovery, "outcome")) {
            case "ROLLED_BACK" -> ExitCode.ROLLED_BACK;
            case "INTERFERED" -> ExitCode.INTERFERED;
            case "LEFT_AS_IS" -> ExitCode.LEFT_AS_IS;
            case "REFUSED" -> !anything ? ExitCode.CONFLICT : dryRun ? ExitCode.OK : ExitCode.REFUSED;
            default ->
                throw new Failure(
                        ExitCode.INTERNAL,
                        "the recovery ended as " + text(recovery, "outcome") + ", which this slipway does not know",
                        "use a slipway as new as the server");
        };
    }

    private static String text(@Nullable JsonNode document, String field) {
        return document == null ? "" : SafeText.line(document.path(field).asString(""));
    }
}
