package dev.slipway.activities.helm;

import dev.slipway.activities.fence.Refusal;
import dev.slipway.activities.fence.WriteRight;
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
    private final Limits limits;
    private final long started = System.nanoTime();
    private final Set<ProcessHandle> descendants = new HashSet<>();
    private long nextBeat = started;
    private long killAt = Long.MAX_VALUE;
    private boolean late;
    private boolean interrupted;
    private @Nullable RuntimeException stop;

    /**
     * What ends a helm before it ends by itself.
     *
     * @param right when it is lost, helm is killed: what it still does would be refused
     * @param grace between TERM and KILL
     */
    record Limits(Pulse pulse, WriteRight right, Duration grace) {}

    RunningHelm(Process process, HelmCommand command, Limits limits) {
        this.process = process;
        this.command = command;
        this.limits = limits;
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
        limits.right().refusal().filter(r -> r.kind() == Refusal.Kind.LOST).ifPresent(this::fenced);
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
            limits.pulse().beat(command.words() + ", " + age.toSeconds() + " s");
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

    private void fenced(Refusal lost) {
        if (stop == null) {
            stop = FailureType.UNREACHABLE.failure(command.words() + " was stopped: " + lost.why());
        }
        killAll();
    }

    private void terminate() {
        if (killAt == Long.MAX_VALUE) {
            killAt = System.nanoTime() + limits.grace().toNanos();
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
