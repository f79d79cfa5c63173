package dev.slipway.activities.bundle;

import dev.slipway.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The starter's {@code PUT /api/v1/diffs/DIGEST}: no redirects, one try of 10 s. */
public final class StarterDiffs implements Diffs {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final StarterApi starter;

    /**
     * @param base the starter's address, as for {@link StarterBundles}
     * @param token this worker's bearer token, asked for each time
     */
    public StarterDiffs(URI base, Supplier<String> token) {
        this.starter = new StarterApi(base, token);
    }

    @Override
    public Optional<String> keep(Digest digest, byte[] text) {
        HttpRequest request = starter.request("/api/v1/diffs/" + digest)
                .timeout(LIMIT)
                .header("Content-Type", "text/plain; charset=utf-8")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(text))
                .build();
        try {
            int status = starter.client()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of(starter + " answered " + status + " for it");
        } catch (IOException e) {
            return Optional.of(starter + " did not take it: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the worker shuts down");
        }
    }
}
