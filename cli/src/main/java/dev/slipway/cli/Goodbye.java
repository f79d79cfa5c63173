package dev.slipway.cli;

import dev.slipway.model.ReleaseId;

/** What a person reads who stops the command while it follows a release: the terminal is theirs again, the release goes on. */
final class Goodbye implements AutoCloseable {
    private final Thread hook;

    Goodbye(Terminal terminal, ReleaseId id, Watcher watcher) {
        this.hook = new Thread(() -> say(terminal, id, watcher), "slipway-goodbye");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook runs already
        }
    }

    static void say(Terminal terminal, ReleaseId id, Watcher watcher) {
        watcher.end();
        terminal.err().println("stopped looking; " + id + " goes on");
        terminal.err().println("next: slipway get " + id + " --watch, or stop it: slipway abort " + id);
    }
}
