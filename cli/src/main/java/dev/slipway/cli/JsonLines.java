package dev.slipway.cli;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One document per change on a line of its own (NDJSON); for scripts. */
final class JsonLines implements Watcher {
    private final Terminal terminal;
    private @Nullable JsonNode last;

    JsonLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void saw(Snapshot snapshot) {
        if (!snapshot.document().equals(last)) {
            last = snapshot.document();
            terminal.out().println(Json.line(last));
        }
    }

    @Override
    public void silent(String why) {
        terminal.err().println("asking again: " + SafeText.line(why));
    }
}
