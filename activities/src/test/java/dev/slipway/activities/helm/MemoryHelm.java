package dev.slipway.activities.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.activities.fence.WriteRight;
import dev.slipway.model.EnvironmentName;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * helm 4 and its cluster in memory: it answers the very calls of {@link HelmCli} with helm's words, and makes its changes
 * in the steps in which helm makes them, so that it can be killed between two of them. What it does is held to
 * {@link HelmRunnerContract}, as the real helm is. Thread safe.
 */
public final class MemoryHelm implements HelmRunner {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, MemoryRelease> releases = new HashMap<>();
    private final Tap tap;

    /** Asked right before each write of a helm to the cluster; may wait, or throw to end that helm there. */
    @FunctionalInterface
    public interface Tap {
        /**
         * @param target the Helm release
         * @param write such as {@code helm upgrade: create revision 2}
         */
        void before(HelmTarget target, String write);

        /** The write was done. */
        default void done(HelmTarget target, String write) {}
    }

    /** What a tap throws to kill helm alone; the worker that ran it lives and sees exit code 137. */
    public static final class HelmKilled extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What a tap throws to make helm say that all is done when it has stopped right there. */
    public static final class HelmLies extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    public MemoryHelm(Tap tap) {
        this.tap = tap;
    }

    @Override
    public Finished run(HelmCommand command, WriteRight right, Pulse pulse, List<String> secrets) {
        pulse.beat(command.words());
        try {
            return said(0, answer(command, right), "");
        } catch (HelmSays failed) {
            return said(1, "", "Error: " + failed.getMessage() + "\n");
        } catch (HelmKilled killed) {
            return said(137, "", "");
        } catch (HelmLies lie) {
            return said(0, "{}", "");
        }
    }

    private static Finished said(int exit, String stdout, String stderr) {
        return new Finished(exit, stdout.getBytes(StandardCharsets.UTF_8), false, stderr, false);
    }

    private String answer(HelmCommand command, WriteRight right) {
        Call call = new Call(command, right, tap);
        return switch (String.join(" ", command.verb())) {
            case "history" -> look(call, MemoryRelease::history);
            case "get manifest" ->
                look(call, release -> release.find(call.revision()).manifest());
            case "get metadata" -> look(call, release -> release.metadata(call.revision()));
            case "template" -> MemoryChart.render(call.release(), values(command));
            case "upgrade" -> release(call, true).upgrade(call, MemoryChart.render(call.release(), values(command)));
            case "rollback" -> release(call, false).rollback(call);
            case "uninstall" -> release(call, true).uninstall(call);
            default -> throw new IllegalArgumentException("no fake of " + command.words());
        };
    }

    private String look(Call call, Function<MemoryRelease, String> what) {
        return what.apply(release(call, false));
    }

    private synchronized MemoryRelease release(Call call, boolean create) {
        MemoryRelease release = releases.computeIfAbsent(key(call.target()), k -> new MemoryRelease());
        if (!create && release.isEmpty()) {
            throw new HelmSays("release: not found");
        }
        return release;
    }

    private static JsonNode values(HelmCommand command) {
        try {
            return JSON.readTree(command.stdin().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What runs in the cluster for a release, as its manifest; empty when nothing does. */
    public synchronized Optional<String> runs(HelmTarget target) {
        return Optional.ofNullable(releases.get(key(target))).flatMap(MemoryRelease::runs);
    }

    /** Somebody's own {@code helm upgrade --install} of this image. */
    public void somebodyDeploys(HelmTarget target, String image) {
        MemoryRelease release;
        synchronized (this) {
            release = releases.computeIfAbsent(key(target), k -> new MemoryRelease());
        }
        release.upgrade(Call.ofSomebody(target), MemoryChart.manifest(target.release(), image));
    }

    /** Marks a locked revision failed, if it still is what was seen, as {@link HelmCluster#unlock} does. */
    boolean unlock(HelmTarget target, Revision locked, String why) {
        MemoryRelease release;
        synchronized (this) {
            release = releases.getOrDefault(key(target), new MemoryRelease());
        }
        tap.before(target, "unlock");
        boolean done = release.unlock(locked, why);
        tap.done(target, "unlock");
        return done;
    }

    /** Somebody's own {@code helm uninstall}. */
    public synchronized void somebodyUninstalls(HelmTarget target) {
        releases.remove(key(target));
    }

    /** The upgrades that made a revision like the one that was deployed. */
    public synchronized int repeats(HelmTarget target) {
        MemoryRelease release = releases.get(key(target));
        return release == null ? 0 : release.repeats();
    }

    /** A revision as Helm keeps it, or the one that is deployed. */
    synchronized Optional<StoredRevision> stored(HelmTarget target, Optional<Integer> revision) {
        return Optional.ofNullable(releases.get(key(target)))
                .flatMap(release -> release.stored(revision))
                .map(one -> HelmSecret.of(one.revision(), one.status(), one.description(), one.manifest()));
    }

    /** Number and status of each revision, oldest first: {@code 1 superseded}. */
    public synchronized List<String> revisions(HelmTarget target) {
        MemoryRelease release = releases.get(key(target));
        return release == null ? List.of() : release.words();
    }

    private static String key(HelmTarget target) {
        return target.namespace() + "/" + target.release();
    }

    /** helm's own words for what went wrong. */
    static final class HelmSays extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HelmSays(String words) {
            super(words);
        }
    }

    /** One helm process: its arguments, and its way to the API server. */
    record Call(HelmTarget target, Map<Flag, String> flags, List<String> positionals, WriteRight right, Tap tap) {
        Call(HelmCommand command, WriteRight right, Tap tap) {
            this(
                    new HelmTarget(
                            new EnvironmentName("memory"),
                            command.flags().getOrDefault(Flag.NAMESPACE, ""),
                            command.positionals().get(0)),
                    command.flags(),
                    command.positionals(),
                    right,
                    tap);
        }

        static Call ofSomebody(HelmTarget target) {
            return new Call(target, Map.of(), List.of(target.release()), Optional::empty, (t, w) -> {});
        }

        String release() {
            return target.release();
        }

        int revision() {
            return Integer.parseInt(flags.getOrDefault(Flag.REVISION, positionals.get(positionals.size() - 1)));
        }

        Optional<String> flag(Flag flag) {
            return Optional.ofNullable(flags.get(flag));
        }

        /** Each write of helm passes here; a helm that has lost the right to write is stopped. */
        void write(String what, Runnable change) {
            tap.before(target, what);
            right.refusal().ifPresent(why -> {
                throw FailureType.UNREACHABLE.failure("helm for " + release() + " was stopped: " + why.why());
            });
            change.run();
            tap.done(target, what);
        }
    }
}
