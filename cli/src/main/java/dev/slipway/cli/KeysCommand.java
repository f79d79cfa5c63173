package dev.slipway.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}: what decisions are signed with, for workers that check them themselves. */
@Command(
        description = {
            "Show the public keys that the server signs decisions with.",
            "A worker that checks approvals itself is given them as files. A key that came over the network is",
            "worth what the way was: compare its id with what the starter logged at its start, and name it here."
        },
        footer = {"", "Examples:", "  slipway keys", "  slipway keys 1f0c2d3e4f506172 --pem > decision-key.pub.pem"})
final class KeysCommand implements Callable<Integer> {
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{16,64}");
    private static final String SHA = "sha256:";

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description = "Only this key, by its id or more digits of its SHA-256; fails when there is none.")
    private @Nullable String id;

    @Option(names = "--pem", description = "Write the keys themselves, as PEM.")
    private boolean pem;

    KeysCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String wanted = wanted();
        List<DecisionKey> sent = server.connect(terminal).keys().path("keys").values().stream()
                .map(DecisionKey::of)
                .toList();
        List<DecisionKey> keys = sent.stream()
                .filter(key -> key.fingerprint().startsWith(wanted))
                .toList();
        if (keys.isEmpty()) {
            throw new Failure(
                    ExitCode.CONFLICT,
                    "the server has no such key, but "
                            + sent.stream().map(DecisionKey::id).collect(Collectors.joining(", ")),
                    "see which key the starter's log names at its start (decisions are signed with key ...); if it is yours,"
                            + " this key is not the starter's: give it to no worker");
        }
        show(keys);
        return ExitCode.OK.number();
    }

    private void show(List<DecisionKey> keys) {
        if (output.json()) {
            terminal.out()
                    .println(Json.pretty(new Keys(keys.stream().map(Shown::of).toList())));
        } else if (pem) {
            keys.forEach(key -> terminal.out().print(key.pem()));
        } else {
            terminal.out().println("ID                SIGNS  SHA-256");
            keys.forEach(key -> terminal.out()
                    .println(key.id() + "  " + (key.signs() ? "yes" : "no ") + "    " + key.fingerprint()));
        }
    }

    private record Keys(List<Shown> keys) {}

    private record Shown(String id, String pem, boolean signs) {
        static Shown of(DecisionKey key) {
            return new Shown(key.id(), key.pem(), key.signs());
        }
    }

    private String wanted() {
        if (id == null) {
            return "";
        }
        String digits = id.startsWith(SHA) ? id.substring(SHA.length()) : id;
        if (!DIGITS.matcher(digits).matches()) {
            throw new ParameterException(
                    spec.commandLine(), "'" + id + "' is no key's id: 16 to 64 hexadecimal digits, in small letters");
        }
        return digits;
    }
}
