package dev.slipway.activities.helm;

import dev.slipway.activities.fence.Refusal;
import dev.slipway.activities.fence.Writer;
import dev.slipway.activities.fence.Writers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The real {@link HelmActivities} of one worker process, on a helm in memory. */
public final class MemoryWorker {
    private static final Path BUNDLE = Path.of("src/test/resources").toAbsolutePath();

    private MemoryWorker() {}

    /** Alone in its slot. */
    static HelmActivities of(MemoryHelm helm) {
        return of(helm, (permit, namespace, call, beat) -> new Alone());
    }

    /** One worker of several; it asks these writers for the right to write. */
    public static HelmActivities of(MemoryHelm helm, Writers writers) {
        HelmSettings settings = new HelmSettings(
                Path.of("/in/memory"),
                Optional.empty(),
                Path.of("/in/memory"),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60));
        return new HelmActivities(
                settings,
                digest -> BUNDLE,
                helm,
                writers,
                () -> Pulse.NONE,
                new MemoryHelmCluster(helm),
                Clock.systemUTC());
    }

    /** The right to write of somebody whom nobody disturbs. */
    private record Alone() implements Writer {
        @Override
        public Optional<Refusal> refusal() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
