package dev.slipway.cli;

import dev.slipway.model.ReleaseId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code release}: start a release, or join the same one, and follow it. */
@Command(
        description = {
            "Release a version: check the pipeline, pack the bundle, start, and follow it.",
            "The same submission joins the release that runs already, so it may be repeated."
        },
        footer = {
            "",
            "Examples:",
            "  slipway release -f release.yaml --version 6.9.2",
            "  slipway release -f release.yaml --version 6.9.2 --until staging --timeout 45m",
            "  slipway release -f release.yaml --version 6.9.2 --detach -o json",
            "  slipway release -f release.yaml --version 6.9.2 --evidence evidence.json",
            "  slipway release -f release.yaml --version 6.9.3 --supersede",
            "  slipway release -f release.yaml --version 6.9.3 --author=\"$(git log --format=%%ae v6.9.2..HEAD)\""
        })
final class ReleaseCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ReleaseFeed.Pace pace;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private FileOption file = new FileOption();

    @Mixin
    private VersionOptions version = new VersionOptions();

    @Mixin
    private AuthorOption authors = new AuthorOption();

    @Option(names = "--again", description = "Start a new attempt of a version that was tried before.")
    private boolean again;

    @Option(
            names = "--until",
            paramLabel = "MILESTONE",
            description = "Follow it until it is accepted, has passed the named environment, or is promoted (default).")
    private @Nullable String until;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "Stop following after this time (30s, 10m, 2h), with exit code 13; the release goes on.")
    private @Nullable Duration timeout;

    @Option(names = "--detach", description = "Do not follow it: the same as --until accepted.")
    private boolean detach;

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description = "Hand in evidence with it, for 'require' gates: a JSON list (docs/evidence.md).")
    private @Nullable Path evidence;

    @Option(
            names = "--supersede",
            description = "Do not wait in line: the release in the slot is undone, those that wait are dropped.")
    private boolean supersede;

    ReleaseCommand(Terminal terminal, ReleaseFeed.Pace pace) {
        this.terminal = terminal;
        this.pace = pace;
    }

    @Override
    public Integer call() {
        refuseBoth();
        List<String> named = authors.named();
        PipelineFile pipelineFile = file.read();
        Milestone milestone = milestone(pipelineFile);
        Server api = server.connect(terminal);
        Optional<EvidenceDocument> document = Optional.ofNullable(evidence)
                .map(path -> EvidenceDocument.read(path, terminal.clock().instant()));
        Submission submission = Submission.prepare(pipelineFile, version);
        progress("submitting " + submission.release() + ", image " + submission.imageDigest());
        Server.Answer answer = submission.start(api, again, supersede, document, named);
        tellOfAuthors(submission, answer, named);
        return follow(api, submission.release(), answer, milestone);
    }

    private void refuseBoth() {
        if (detach && until != null) {
            throw new ParameterException(spec.commandLine(), "--detach means --until accepted; give one of the two");
        }
    }

    private void tellOfAuthors(Submission submission, Server.Answer answer, List<String> named) {
        if (!named.isEmpty() && answer.document().path("attached").asBoolean(false)) {
            progress(submission.release() + " keeps the authors that its first submission named");
        }
    }

    private Milestone milestone(PipelineFile pipelineFile) {
        List<String> environments = pipelineFile.pipeline().stages().stream()
                .map(s -> s.environment().value())
                .toList();
        return detach ? Milestone.ACCEPTED : until == null ? Milestone.PROMOTED : Milestone.parse(until, environments);
    }

    private int follow(Server api, ReleaseId id, Server.Answer answer, Milestone milestone) {
        int attempt = answer.document().path("attempt").asInt(1);
        progress(id + " " + welcome(answer.document()) + ", attempt " + attempt);
        if (milestone.equals(Milestone.ACCEPTED)) {
            return accepted(api, id);
        }
        if (terminal.errIsScreen()) {
            terminal.err().println();
        }
        Watcher watcher = terminal.errIsScreen()
                ? new RedrawnPicture(terminal, terminal.err())
                : new NarratedEvents(terminal.err(), terminal.clock());
        Follower.Goal goal = new Follower.Goal(milestone, attempt, Optional.ofNullable(timeout), true);
        Follower.Ending ending = new Follower(terminal, api, id, pace).follow(goal, watcher);
        new ReleaseSummary(terminal, output.json()).print(id, milestone, ending);
        return ending.code().number();
    }

    private static String welcome(JsonNode answer) {
        if (answer.path("already").asBoolean(false)) {
            return "was promoted before with the same digests, nothing is started";
        }
        if (answer.path("attached").asBoolean(false)) {
            return "runs already with the same digests, joined";
        }
        return answer.path("accepted").asBoolean(false)
                ? "accepted; no worker has taken it up yet, it begins as soon as one does"
                : "started";
    }

    private int accepted(Server api, ReleaseId id) {
        Snapshot now = Snapshot.of(api.release(id));
        new ReleaseSummary(terminal, output.json())
                .print(id, Milestone.ACCEPTED, new Follower.Ending(Follower.Cause.REACHED, Optional.of(now)));
        terminal.err().println("next: slipway get " + id + " --watch");
        return ExitCode.OK.number();
    }

    private void progress(String sentence) {
        terminal.err().println(Spans.at(terminal.clock().instant()) + " " + SafeText.line(sentence));
    }
}
