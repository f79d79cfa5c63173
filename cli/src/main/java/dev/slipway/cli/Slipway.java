package dev.slipway.cli;

import dev.slipway.model.Digest;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import dev.slipway.model.Version;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code slipway}: releases from a terminal or a CI job. */
@Command(
        name = "slipway",
        versionProvider = VersionText.class,
        description = {"Takes one version of a service through its environments, and back when it is bad.", ""},
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  slipway validate -f release.yaml",
            "  slipway release -f release.yaml --version 6.9.2",
            "  slipway get podinfo@6.9.2 --watch",
            "  slipway approve podinfo@6.9.2 --gate production/approve",
            "",
            "Environment: SLIPWAY_URL, SLIPWAY_TOKEN or SLIPWAY_TOKEN_FILE, NO_COLOR."
        })
public final class Slipway {
    @Option(names = "--version", versionHelp = true, description = "Show the version of slipway.")
    @SuppressWarnings("UnusedVariable") // picocli asks the option, not the field
    private boolean version;

    private Slipway() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Terminal.ofProcess(), ReleaseFeed.Pace.USUAL, args));
    }

    /** Runs one command; answers its exit code. */
    static int run(Terminal terminal, ReleaseFeed.Pace pace, String... args) {
        int code = commandLine(terminal, pace).execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    /** All commands, with their help and converters. */
    static CommandLine commandLine(Terminal terminal, ReleaseFeed.Pace pace) {
        CommandLine root = new CommandLine(new Slipway())
                .addSubcommand("validate", new ValidateCommand(terminal))
                .addSubcommand("plan", new PlanCommand(terminal))
                .addSubcommand("release", new ReleaseCommand(terminal, pace))
                .addSubcommand("get", new GetCommand(terminal, pace))
                .addSubcommand("explain", new ExplainCommand(terminal))
                .addSubcommand("diff", new DiffCommand(terminal))
                .addSubcommand("approve", new DecideCommand(terminal, "APPROVE"))
                .addSubcommand("reject", new DecideCommand(terminal, "REJECT"))
                .addSubcommand("abort", new ActCommand(terminal, Act.ABORT))
                .addSubcommand("pause", new ActCommand(terminal, Act.PAUSE))
                .addSubcommand("resume", new ActCommand(terminal, Act.RESUME))
                .addSubcommand("retry-undo", new ActCommand(terminal, Act.RETRY_UNDO))
                .addSubcommand("accept-as-is", new ActCommand(terminal, Act.ACCEPT_AS_IS))
                .addSubcommand("attest", new AttestCommand(terminal))
                .addSubcommand("registry", new RegistryCommand(terminal))
                .addSubcommand(
                        "audit",
                        new CommandLine(new AuditCommand(terminal))
                                .addSubcommand("export", new AuditExportCommand(terminal))
                                .addSubcommand("verify", new AuditVerifyCommand(terminal)))
                .addSubcommand("keys", new KeysCommand(terminal))
                .addSubcommand("recover", new RecoverCommand(terminal, pace))
                .addSubcommand("generate-completion", new AutoComplete.GenerateCompletion());
        for (String later : List.of("rollback", "doctor")) {
            root.addSubcommand(later, new LaterCommand(terminal));
        }
        describe(root);
        convert(root);
        root.setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(terminal.out(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setUsageHelpWidth(100)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colours(terminal.outIsScreen()) ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((wrong, args) -> usage(wrong, terminal))
                .setExecutionExceptionHandler((failed, at, parsed) -> failed(failed, terminal));
        return root;
    }

    private static void describe(CommandLine root) {
        help(root);
        for (CommandLine command : root.getSubcommands().values()) {
            help(command);
            command.getCommandSpec()
                    .usageMessage()
                    .exitCodeListHeading("%nExit codes:%n")
                    .exitCodeList(ExitCode.table());
            command.getSubcommands().values().forEach(Slipway::help);
        }
        CommandLine completion = Objects.requireNonNull(root.getSubcommands().get("generate-completion"));
        completion.getCommandSpec().usageMessage().exitCodeList(Map.of()).exitCodeListHeading("");
        ActCommand.describe(root);
        DecideCommand.describe(root);
        root.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.table());
    }

    private static void help(CommandLine command) {
        if (command.getCommandSpec().findOption("--help") == null) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help.")
                            .build());
        }
    }

    private static void convert(CommandLine root) {
        root.registerConverter(ReleaseId.class, saying(ReleaseId::parse))
                .registerConverter(ServiceName.class, saying(ServiceName::new))
                .registerConverter(EnvironmentName.class, saying(EnvironmentName::new))
                .registerConverter(Version.class, saying(Version::new))
                .registerConverter(Digest.class, saying(Digest::new))
                .registerConverter(Duration.class, saying(Spans::parse));
    }

    private static <T> ITypeConverter<T> saying(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static int usage(CommandLine.ParameterException wrong, Terminal terminal) {
        CommandLine.Model.CommandSpec spec = wrong.getCommandLine().getCommandSpec();
        if (spec.parent() == null
                && wrong.getMessage() != null
                && wrong.getMessage().startsWith("Missing required subcommand")) {
            wrong.getCommandLine().usage(terminal.err());
            return ExitCode.USAGE.number();
        }
        terminal.err().println("error: " + SafeText.line(String.valueOf(wrong.getMessage())));
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            if (!near.isEmpty()) {
                terminal.err().println("  did you mean " + String.join(" or ", near) + "?");
            }
        }
        terminal.err().println("next: " + spec.qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    private static int failed(Exception failed, Terminal terminal) {
        if (failed instanceof Failure failure) {
            failure.lines().forEach(line -> terminal.err().println(SafeText.line(line)));
            return failure.code().number();
        }
        terminal.err().println("error: slipway itself failed, which is a bug: " + SafeText.line(failed.toString()));
        for (StackTraceElement at : failed.getStackTrace()) {
            terminal.err().println("  at " + at);
        }
        terminal.err().println("next: report it with the lines above and the output of slipway --version");
        return ExitCode.INTERNAL.number();
    }
}
