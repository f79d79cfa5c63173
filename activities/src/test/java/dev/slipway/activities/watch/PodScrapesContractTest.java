package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by asking the pods. */
class PodScrapesContractTest extends CounterSourceContract {
    private final FakePods pods = new FakePods();
    private final Set<String> running = new HashSet<>();
    private Instant now = BEGIN;
    private final PodScrapes scrapes = new PodScrapes(
            pods,
            Set.of("web", "web-canary"),
            METRICS.stream().map(Selector::parse).toList(),
            new Scraper(Duration.ofSeconds(20), 10_000),
            () -> now,
            Duration.ofSeconds(1));

    @AfterEach
    void close() {
        pods.close();
    }

    @Override
    CounterSource source() {
        return scrapes;
    }

    @Override
    Instant now() {
        return now;
    }

    @Override
    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    void says(String pod, String release, String... lines) {
        String text = String.join("\n", lines) + "\n";
        if (running.add(pod)) {
            pods.run(pod, release, text);
            scrapes.relist();
        }
        pods.says(pod, text);
    }

    @Override
    void fails(String pod) {
        pods.answers(pod, 500, "text/plain", "");
    }

    @Override
    void scrape() {
        scrapes.round().values().forEach(CompletableFuture::join);
    }
}
