package dev.slipway.worker;

import java.time.Duration;

/** Settings for tests. */
final class Settings {
    private Settings() {}

    static WorkerSettings control(String namespace) {
        return new WorkerSettings(
                new WorkerSettings.Worker(WorkerSettings.Role.CONTROL),
                new WorkerSettings.Temporal("in-memory", namespace),
                new WorkerSettings.Drain(Duration.ofSeconds(30)),
                null,
                null,
                null,
                null);
    }
}
