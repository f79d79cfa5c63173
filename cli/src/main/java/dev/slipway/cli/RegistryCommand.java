package dev.slipway.cli;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ServiceName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code registry}: what runs where. */
@Command(
        description = {
            "Show what runs where, since when, and with which digests.",
            "It is read from the records, so it answers while Temporal is away. A version is READY when it was",
            "promoted there, also while the next one is on its way in; UNCERTAIN is what a person must look at."
        },
        footer = {
            "",
            "Examples:",
            "  slipway registry --environment production",
            "  slipway registry podinfo -o json | jq -r '.entries[] | .environment + \" \" + .digests.image'"
        })
final class RegistryCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "SERVICE", arity = "0..1", description = "Only this service.")
    private @Nullable ServiceName service;

    @Option(names = "--environment", paramLabel = "ENV", description = "Only this environment.")
    private @Nullable EnvironmentName environment;

    RegistryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Map<String, String> filters = new LinkedHashMap<>();
        if (service != null) {
            filters.put("service", service.value());
        }
        if (environment != null) {
            filters.put("environment", environment.value());
        }
        JsonNode registry = server.connect(terminal).registry(filters);
        if (output.json()) {
            terminal.out().println(Json.pretty(registry));
        } else if (registry.path("entries").isEmpty()) {
            terminal.err().println("nothing is on record");
        } else {
            RegistryTable.lines(registry.path("entries"), terminal.columns(), terminal.colours(terminal.outIsScreen()))
                    .forEach(line -> terminal.out().println(line));
        }
        return ExitCode.OK.number();
    }
}
