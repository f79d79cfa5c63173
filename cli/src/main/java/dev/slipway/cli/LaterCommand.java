package dev.slipway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command whose name is taken already, so that a script which calls it learns the reason. */
@Command(hidden = true)
final class LaterCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Unmatched
    private List<String> ignored = new ArrayList<>();

    LaterCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.err().println("error: slipway " + spec.name() + " is not supported yet");
        terminal.err().println("next: slipway --help");
        return ExitCode.USAGE.number();
    }
}
