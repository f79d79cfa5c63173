package dev.slipway.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who wrote what is released. */
final class AuthorOption {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--author",
            paramLabel = "WHO",
            description = {
                "Who wrote what is released and so may not decide on it: an e-mail address as git has it, a name,",
                "or both as in a trailer: NAME <ADDRESS>.",
                "May be repeated; of a text with several lines, each is one."
            })
    private List<String> authors = new ArrayList<>();

    /**
     * Each once. A text that names nobody, such as what a failed git command prints, must not pass for a release without
     * authors.
     *
     * @throws ParameterException when one is blank
     */
    List<String> named() {
        if (authors.stream().anyMatch(String::isBlank)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--author names nobody: it is empty; does the git command print an address where this runs?");
        }
        return authors.stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }
}
