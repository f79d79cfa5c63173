package dev.slipway.cli;

import dev.slipway.pipeline.Checked;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code validate}: all problems of pipeline files at once, without a server. */
@Command(
        description = "Check pipeline files: all problems at once, as file:line:col: message. Needs no server.",
        footer = {
            "",
            "Examples:",
            "  slipway validate -f release.yaml",
            "  slipway validate -f gateway/release.yaml -f models/release.yaml -o json"
        })
final class ValidateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "release.yaml",
            description = "A pipeline file; may be given several times; default: ${DEFAULT-VALUE}.")
    private List<Path> files = List.of();

    @Mixin
    private OutputOption output = new OutputOption();

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Problem> all = new ArrayList<>();
        for (Path path : files) {
            PipelineFile file = new PipelineFile(path);
            Checked<Pipeline> checked = file.check();
            all.addAll(checked.problems());
            if (!output.json()) {
                say(file, checked);
            }
        }
        if (output.json()) {
            terminal.out().println(Json.pretty(Map.of("valid", all.isEmpty(), "problems", all)));
        }
        if (terminal.variable("GITHUB_ACTIONS").filter("true"::equals).isPresent()) {
            annotate(all);
        }
        return (all.isEmpty() ? ExitCode.OK : ExitCode.INVALID).number();
    }

    private void say(PipelineFile file, Checked<Pipeline> checked) {
        for (Problem problem : checked.problems()) {
            file.lines(problem).forEach(line -> terminal.out().println(SafeText.line(line)));
        }
        checked.value()
                .ifPresent(p -> terminal.out()
                        .println(SafeText.line(file.name() + ": valid, " + p.service() + ": "
                                + p.stages().stream()
                                        .map(s -> s.environment().value())
                                        .collect(Collectors.joining(" -> ")))));
        if (!checked.problems().isEmpty()) {
            terminal.err()
                    .println(SafeText.line(file.name() + ": "
                            + PipelineFile.count(checked.problems().size())));
        }
    }

    /** Workflow commands of GitHub Actions; shown beside the line in the pull request. */
    private void annotate(List<Problem> problems) {
        for (Problem p : problems) {
            String message = p.message() + (p.hint().isEmpty() ? "" : "; " + p.hint());
            (output.json() ? terminal.err() : terminal.out())
                    .println("::error file=" + property(p.file()) + ",line=" + p.line() + ",col=" + p.column() + "::"
                            + SafeText.line(message).replace("%", "%25"));
        }
    }

    private static String property(String text) {
        return SafeText.line(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C");
    }
}
