package dev.slipway.cli;

import dev.slipway.audit.Chain;
import dev.slipway.audit.Misfit;
import dev.slipway.audit.Verifier;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Facts that were checked: what was found is said on stderr, and the exit code tells whether all of them fit. */
final class Checked {
    private final Terminal terminal;
    private final Verifier verifier = new Verifier();

    Checked(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What a server sent. */
    ExitCode documents(JsonNode facts) {
        try {
            for (JsonNode fact : facts) {
                verifier.read(Json.line(fact).getBytes(StandardCharsets.UTF_8));
            }
            return whole();
        } catch (Misfit misfit) {
            return broken(String.valueOf(misfit.getMessage()));
        }
    }

    /**
     * An export.
     *
     * @param head must be the hash of one of its facts
     */
    ExitCode file(Path file, Optional<String> head) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            while (line(bytes)) {
                continue;
            }
        } catch (Misfit misfit) {
            return broken(String.valueOf(misfit.getMessage()));
        }
        if (verifier.chains().isEmpty()) {
            return broken("there is no fact in it");
        }
        if (head.isPresent() && !verifier.knows(head.get())) {
            return broken("no fact has the hash " + SafeText.line(head.get()) + ": what led to it was cut off");
        }
        return whole();
    }

    private boolean line(InputStream bytes) throws IOException, Misfit {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = bytes.read();
        for (; next >= 0 && next != '\n'; next = bytes.read()) {
            line.write(next);
        }
        verifier.read(line.toByteArray());
        return next >= 0;
    }

    private ExitCode whole() {
        for (Chain chain : verifier.chains()) {
            terminal.err()
                    .println("whole: "
                            + SafeText.line(chain.release() + " attempt " + chain.attempt()
                                    + (chain.recovery() ? ", recovery, " : ", ")
                                    + chain.facts() + (chain.facts() == 1 ? " fact" : " facts") + ", head "
                                    + chain.head()
                                    + (chain.ended()
                                            ? ""
                                            : "; the " + (chain.recovery() ? "recovery" : "release")
                                                    + " had not ended then")));
        }
        return ExitCode.OK;
    }

    private ExitCode broken(String why) {
        terminal.err().println("error: " + SafeText.line(why));
        terminal.err()
                .println(
                        "next: export it again; when that fails too, compare with a backup and with the head in the control worker's log");
        return ExitCode.CONFLICT;
    }
}
