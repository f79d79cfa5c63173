package dev.slipway.worker.replay;

import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowServiceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The command line of a replay; everything that begins with {@code --slipway.} is the worker's own settings. */
@Command(
        name = "slipway-worker --replay-open",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Replays every open workflow of the namespace with this build's code: whether a control worker of this"
                    + " build can take over. Reads only; starts and changes nothing.",
            "Settings are the worker's own, from its file, the environment or --slipway.temporal.address=HOST:PORT and"
                    + " --slipway.temporal.namespace=NAME."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every open workflow replays",
            "1:Temporal could not be asked",
            "2:wrong usage",
            "3:at least one does not replay: this build must not replace the running control worker"
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final String ASKED = "--replay-open";
    private static final int REPLAY = 0;
    private static final int UNANSWERED = 1;
    private static final int FAILED = 3;

    /** Opens a connection to what the settings say. */
    @FunctionalInterface
    public interface Connector {
        /** A client that the replay may use and closes. */
        Connection connect(List<String> settings);
    }

    /** A client with what it holds open. */
    public interface Connection extends AutoCloseable {
        WorkflowClient client();

        @Override
        void close();
    }

    private final Connector connector;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default) or json, on stdout; progress goes to stderr")
    private Format format = Format.text;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    ReplayCommand(Connector connector) {
        this.connector = connector;
    }

    /** How to answer. */
    enum Format {
        text(new TextReport()),
        json(new JsonReport());

        private final Report report;

        Format(Report report) {
            this.report = report;
        }
    }

    /** Whether these arguments ask for a replay rather than for a worker. */
    public static boolean isAsked(String... args) {
        return List.of(args).contains(ASKED);
    }

    /** Answers on the writers; the exit code. */
    public static int run(Connector connector, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new ReplayCommand(connector))
                .setOut(out)
                .setErr(err)
                .execute(Stream.of(args).filter(text -> !text.equals(ASKED)).toArray(String[]::new));
    }

    @Override
    public Integer call() throws IOException {
        settings.stream().filter(text -> !isSetting(text)).findFirst().ifPresent(text -> {
            throw new ParameterException(spec.commandLine(), "unknown: " + text);
        });
        PrintWriter progress = spec.commandLine().getErr();
        try (Connection connection = connector.connect(settings);
                Replay replay = new Replay(connection.client())) {
            List<Replayed> all = new OpenReplay(new TemporalRuns(connection.client()), replay::problem, progress).run();
            format.report.write(all, spec.commandLine().getOut());
            return all.stream().allMatch(r -> r.problem().isEmpty()) ? REPLAY : FAILED;
        } catch (StatusRuntimeException | WorkflowServiceException e) {
            progress.println("Temporal could not be asked, so nothing is known: " + words(e)
                    + "; check --slipway.temporal.address and --slipway.temporal.namespace");
            progress.flush();
            return UNANSWERED;
        }
    }

    private static boolean isSetting(String text) {
        return text.startsWith("--slipway.") || text.startsWith("--spring.");
    }

    private static String words(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }
}
