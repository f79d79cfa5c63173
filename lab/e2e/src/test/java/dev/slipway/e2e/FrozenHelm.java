package dev.slipway.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A helm that a worker of ours runs, stopped in the middle of what it does. */
record FrozenHelm(long pid) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Stops the worker's next helm of this kind once its revision is pending in the cluster, neither begun nor done. */
    static FrozenHelm during(String verb, Program worker, Service service, String environment) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            Optional<Long> helm = running(verb, worker, service.name());
            if (helm.isPresent() && frozenWhilePending(helm.get(), verb, service, environment)) {
                return new FrozenHelm(helm.get());
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
        throw new AssertionError("no helm " + verb + " of " + worker + " was seen pending within " + PATIENCE);
    }

    /** One shell does it all: a new process for each signal would let helm run for longer than it is pending. */
    private static boolean frozenWhilePending(long helm, String verb, Service service, String environment) {
        String pending = "owner=helm,name=" + service.name() + ",status=pending-" + verb;
        return Shell.of("bash", "-c", """
                                while kill -STOP "$1"; do
                                    [[ -n $(kubectl get secrets -n "$2" -l "$3" -o name) ]] && exit 0
                                    kill -CONT "$1"
                                    sleep 0.01
                                done
                                exit 1
                                """, "freeze", Long.toString(helm), environment, pending)
                        .run()
                        .exit()
                == 0;
    }

    void kill() {
        signal(pid, "KILL");
    }

    void thaw() {
        signal(pid, "CONT");
    }

    boolean ended() {
        return !alive(pid);
    }

    private static Optional<Long> running(String verb, Program worker, String release) {
        return ProcessHandle.of(worker.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .filter(pid -> isHelm(words(pid), verb, release))
                .findFirst();
    }

    private static boolean isHelm(List<String> words, String verb, String release) {
        return words.get(0).equals(Lab.need("HELM")) && words.contains(verb) && words.contains(release);
    }

    private static List<String> words(long pid) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
            return Arrays.asList(new String(line, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException ended) {
            return List.of("");
        }
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).isPresent() && !words(pid).get(0).isEmpty();
    }

    /** It may have ended by itself meanwhile. */
    private static void signal(long pid, String signal) {
        Shell.of("kill", "-" + signal, Long.toString(pid)).run();
    }
}
