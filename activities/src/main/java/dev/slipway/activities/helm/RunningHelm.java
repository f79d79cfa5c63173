package dev.slipway.activities.helm;

import dev.slipway.workflows.api.FailureType;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One helm that runs: its limit, its heartbeat, and how it is stopped (TERM, grace, KILL of it and all it started). */
final class RunningHelm {
    private static final long TICK_MILLIS = 100;
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final Duration PIPE_WAIT = Duration.ofSeconds(2);

    private final Process process;
    private final HelmCommand command;
    private final Pulse pulse;
    private final Duration grace;
    private final long started = System.nanoTime();
    private final Set<ProcessHandle> descendants = new HashSet<>();
    private long nextBeat = started;
    private long killAt = Long.MAX_VALUE;
    private boolean late;
    private boolean interrupted;
    private @Nullable RuntimeException stop;

    RunningHelm(Process process, HelmCommand command, Pulse pulse, Duration grace) {
        this.process = process;
        this.command = command;
        this.pulse = pulse;
        this.grace = grace;
    }

    /** Returns when the process has exited, and not before: two helms must never overlap. */
    void awaitExit() {
        while (true) {
            try {
                if (process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                watch(System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
                stop(FailureType.DRAINING.failure(command.words() + " was stopped, because its worker shuts down"));
            }
        }
    }

    private void watch(long now) {
        if (now >= killAt) {
            killAll();
        } else if (killAt == Long.MAX_VALUE && now - started > command.limit().toNanos()) {
            late = true;
            terminate();
        }
        if (now >= nextBeat) {
            nextBeat = now + BEAT.toNanos();
            process.descendants().forEach(descendants::add);
            beat(Duration.ofNanos(now - started));
        }
    }

    private void beat(Duration age) {
        try {
            pulse.beat(command.words() + ", " + age.toSeconds() + " s");
        } catch (ActivityCompletionException cancelled) {
            stop(cancelled);
        }
    }

    /** The first cause wins. A rollback or uninstall is let finish: stopped halfway it would leave the release locked. */
    private void stop(RuntimeException cause) {
        if (stop != null) {
            return;
        }
        stop = cause;
        if (command.stoppable()) {
            terminate();
        }
    }

    private void terminate() {
        if (killAt == Long.MAX_VALUE) {
            killAt = System.nanoTime() + grace.toNanos();
            // not Process.destroy(), which would close the pipes and lose helm's last words
            process.toHandle().destroy();
        }
    }

    private void killAll() {
        process.descendants().forEach(descendants::add);
        process.toHandle().destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** What helm started ends with it; a pipe that it holds open is not waited for. */
    void endDescendants(List<Capture> pipes) {
        for (Capture pipe : pipes) {
            if (!ended(pipe)) {
                descendants.forEach(ProcessHandle::destroyForcibly);
                ended(pipe);
            }
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ended(Capture pipe) {
        try {
            return pipe.ended(PIPE_WAIT);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        }
    }

    /** Whether the limit was over. */
    boolean late() {
        return late;
    }

    /** Throws why it was stopped, if it was. */
    void rethrow() {
        if (stop != null) {
            throw stop;
        }
    }
}
