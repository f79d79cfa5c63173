package dev.slipway.worker;

import dev.slipway.connection.Tls;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Settings for tests. */
final class Settings {
    private Settings() {}

    static WorkerSettings control(String namespace) {
        return new WorkerSettings(
                new WorkerSettings.Worker(WorkerSettings.Role.CONTROL),
                new WorkerSettings.Temporal("in-memory", namespace, Tls.NONE, null),
                new WorkerSettings.Drain(Duration.ofSeconds(30)),
                new PagerDutySettings(
                        null,
                        Map.of(),
                        URI.create("http://127.0.0.1/v2/enqueue"),
                        URI.create("http://127.0.0.1/v2/change/enqueue"),
                        PagerDutySettings.Client.LIBRARY,
                        "",
                        ""),
                null,
                null,
                null,
                null);
    }
}
