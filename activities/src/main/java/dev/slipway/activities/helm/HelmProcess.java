package dev.slipway.activities.helm;

import dev.slipway.activities.door.Door;
import dev.slipway.activities.door.Doors;
import dev.slipway.activities.fence.WriteRight;
import dev.slipway.workflows.api.FailureType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts helm, and never leaves one behind. It reaches the cluster through a door that closes when its call is over. */
final class HelmProcess implements HelmRunner {
    /** A release is stored in one Secret of at most 1 MiB, compressed; its manifest is far below this. */
    static final int STDOUT_LIMIT = 32 << 20;

    private static final int STDERR_LIMIT = 64 << 10;
    private static final int STDERR_KEPT = 8 << 10;

    private final Path binary;
    private final HelmHome home;
    private final Doors doors;
    private final Redactor redactor;
    private final Duration grace;

    HelmProcess(Path binary, HelmHome home, Doors doors, Redactor redactor, Duration grace) {
        this.binary = binary;
        this.home = home;
        this.doors = doors;
        this.redactor = redactor;
        this.grace = grace;
    }

    /**
     * The helm of these settings, in a private folder of its own.
     *
     * @throws IllegalArgumentException with a sentence when helm is not the pinned one or too old, or when the kubeconfig
     *     would run programs
     */
    static HelmProcess checked(HelmSettings settings) {
        HelmBinary.check(settings.binary(), settings.sha256());
        Redactor redactor = Redactor.of(Kubeconfig.secretsOf(settings.kubeconfig()));
        Doors doors = Doors.to(settings.kubeconfig());
        HelmProcess process = new HelmProcess(settings.binary(), HelmHome.create(), doors, redactor, settings.grace());
        HelmBinary.checkVersion(process);
        return process;
    }

    @Override
    public Finished run(HelmCommand command, WriteRight right, Pulse pulse, List<String> secrets) {
        try (Door door = doors.open(right);
                HelmHome.Call call = home.call(door.address())) {
            Finished finished = run(command, call, new RunningHelm.Limits(pulse, right, grace), secrets(door, secrets));
            if (!finished.ok()) {
                door.refused().ifPresent(refusal -> {
                    throw FailureType.UNREACHABLE.failure(command.words() + " could not end: " + refusal.why());
                });
            }
            return finished;
        }
    }

    /** A closed door is nothing to know the way to, but nobody must have to think about that. */
    private static List<String> secrets(Door door, List<String> secrets) {
        List<String> all = new ArrayList<>(secrets);
        all.add(door.address().getPath().substring(1));
        return all;
    }

    private Finished run(HelmCommand command, HelmHome.Call call, RunningHelm.Limits limits, List<String> secrets) {
        Process process = Spawner.start(builder(command, call));
        Capture out = Capture.head(process.getInputStream(), STDOUT_LIMIT);
        Capture err = Capture.tail(process.getErrorStream(), STDERR_LIMIT);
        feed(process, command);
        RunningHelm running = new RunningHelm(process, command, limits);
        running.awaitExit();
        running.endDescendants(List.of(out, err));
        running.rethrow();
        String said = tail(err, redactor.and(secrets));
        return new Finished(process.exitValue(), out.bytes(), out.dropped(), said, running.late());
    }

    @Override
    public void close() {
        doors.close();
        home.close();
    }

    private ProcessBuilder builder(HelmCommand command, HelmHome.Call call) {
        List<String> words = new ArrayList<>();
        words.add(binary.toString());
        words.addAll(command.arguments());
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(home.workingFolder().toFile());
        builder.environment().clear();
        builder.environment().putAll(call.environment());
        return builder;
    }

    /** In a thread of its own: a helm that does not read must not stop us from watching it. */
    private static void feed(Process process, HelmCommand command) {
        Thread thread = new Thread(
                () -> {
                    try (OutputStream in = process.getOutputStream()) {
                        in.write(command.stdin().orElse(new byte[0]));
                    } catch (IOException e) {
                        // helm ended without reading it; its exit tells why
                    }
                },
                "helm-stdin");
        thread.setDaemon(true);
        thread.start();
    }

    /** Secrets are taken out before the text is cut; of a cut text, what may be the end of a secret goes too. */
    private static String tail(Capture err, Redactor redactor) {
        String text = new String(err.bytes(), StandardCharsets.UTF_8);
        if (err.dropped()) {
            text = text.substring(Math.min(text.length(), redactor.longest()));
        }
        String cleaned = redactor.clean(text);
        return cleaned.length() > STDERR_KEPT ? cleaned.substring(cleaned.length() - STDERR_KEPT) : cleaned;
    }
}
