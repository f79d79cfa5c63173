package dev.slipway.cli;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code get}: one release as a picture, or the list. */
@Command(
        description = {
            "Show one release, or the list of releases.",
            "With --watch it is redrawn until the release ends, and the exit code tells how it ended."
        },
        footer = {
            "",
            "Examples:",
            "  slipway get podinfo@6.9.2 --watch",
            "  slipway get podinfo@6.9.2 -o json | jq .phase",
            "  slipway get --phase WAITING --environment production"
        })
final class GetCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ReleaseFeed.Pace pace;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "SERVICE@VERSION", arity = "0..1", description = "The release; without it: the list.")
    private @Nullable ReleaseId release;

    @Option(
            names = {"-w", "--watch"},
            description = "Follow it to its end; on a terminal redrawn in place, with -o json one document per line.")
    private boolean watch;

    @Option(names = "--service", paramLabel = "SERVICE", description = "List only releases of this service.")
    private @Nullable ServiceName service;

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            description = "List only releases in this phase: ${COMPLETION-CANDIDATES}.")
    private @Nullable Phase phase;

    @Option(
            names = "--environment",
            paramLabel = "ENV",
            description = "List only releases that are in this environment.")
    private @Nullable EnvironmentName environment;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "List the newest N, by default ${DEFAULT-VALUE}.")
    private int limit;

    GetCommand(Terminal terminal, ReleaseFeed.Pace pace) {
        this.terminal = terminal;
        this.pace = pace;
    }

    @Override
    public Integer call() {
        if (release == null) {
            return list();
        }
        if (service != null || phase != null || environment != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--service, --phase and --environment filter the list; leave " + release + " out");
        }
        return watch ? follow(release) : show(release);
    }

    private int show(ReleaseId id) {
        JsonNode document = server.connect(terminal).release(id);
        if (output.json()) {
            terminal.out().println(Json.pretty(document));
        } else {
            print(Snapshot.of(document));
        }
        return ExitCode.OK.number();
    }

    private void print(Snapshot snapshot) {
        Picture.full(
                        snapshot.view(),
                        terminal.clock().instant(),
                        terminal.columns(),
                        terminal.colours(terminal.outIsScreen()))
                .forEach(line -> terminal.out().println(line));
    }

    private int follow(ReleaseId id) {
        boolean redrawn = terminal.outIsScreen() && !output.json();
        Watcher watcher = redrawn
                ? new RedrawnPicture(terminal, terminal.out())
                : output.json() ? new JsonLines(terminal) : new NarratedEvents(terminal.out(), terminal.clock());
        Follower.Goal toTheEnd = new Follower.Goal(Milestone.PROMOTED, 0, Optional.empty(), false);
        Follower.Ending ending = new Follower(terminal, server.connect(terminal), id, pace).follow(toTheEnd, watcher);
        if (!redrawn && !output.json()) {
            ending.last().ifPresent(this::print);
        }
        if (ending.cause() == Follower.Cause.SILENCE) {
            terminal.err()
                    .println("the server has not answered for long; look again with: slipway get " + id + " --watch");
        }
        return ending.code().number();
    }

    private int list() {
        if (watch) {
            throw new ParameterException(spec.commandLine(), "--watch follows one release: give SERVICE@VERSION");
        }
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is at least 1, not " + limit);
        }
        Map<String, String> filters = new LinkedHashMap<>();
        filter(filters, "service", service);
        filter(filters, "phase", phase);
        filter(filters, "environment", environment);
        JsonNode releases = server.connect(terminal).releases(filters, limit);
        note(releases);
        older(releases);
        if (output.json()) {
            terminal.out().println(Json.pretty(releases));
        } else {
            table(releases.path("releases"));
        }
        return ExitCode.OK.number();
    }

    /** Such as where the list comes from when Temporal is away. */
    private void note(JsonNode list) {
        String note = SafeText.line(list.path("note").asString(""));
        if (!note.isEmpty()) {
            terminal.err().println("note: " + note);
        }
    }

    private void older(JsonNode list) {
        if (list.path("cursor").isString()) {
            terminal.err().println("note: the newest " + limit + "; for older ones: --limit " + 4L * limit);
        }
    }

    private void table(JsonNode releases) {
        if (releases.isEmpty()) {
            terminal.err().println("no such releases");
            return;
        }
        ReleaseTable.lines(
                        releases,
                        terminal.clock().instant(),
                        terminal.columns(),
                        terminal.colours(terminal.outIsScreen()))
                .forEach(line -> terminal.out().println(line));
    }

    private static void filter(Map<String, String> filters, String name, @Nullable Object value) {
        if (value != null) {
            filters.put(name, value.toString());
        }
    }
}
