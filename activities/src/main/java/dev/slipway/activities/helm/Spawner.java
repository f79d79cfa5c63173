package dev.slipway.activities.helm;

import dev.slipway.workflows.api.FailureType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts processes that die with this JVM, even when it is killed: under {@code setpriv --pdeathsig TERM}. The signal is
 * sent when the <em>thread</em> that spawned ends, so one platform thread that never ends does it for all.
 */
final class Spawner {
    private static final List<Path> SETPRIV = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "helm-spawner");
        thread.setDaemon(true);
        return thread;
    });

    private Spawner() {}

    /** Starts the process; where there is no setpriv it is started without the signal. */
    static Process start(ProcessBuilder builder) {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(builder.command());
        builder.command(command);
        try {
            return uninterruptibly(THREAD.submit(builder::start));
        } catch (ExecutionException e) {
            throw FailureType.UNKNOWN.failure(
                    "cannot start " + builder.command().get(0) + ": " + e.getCause());
        }
    }

    /** Once asked for, the process may exist: whoever asked must get it, or nobody would end it. */
    private static Process uninterruptibly(Future<Process> starting) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return starting.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<String> prefix() {
        return SETPRIV.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(p -> List.of(p.toString(), "--pdeathsig", "TERM", "--"))
                .orElse(List.of());
    }
}
