package dev.slipway.activities.bundle;

import dev.slipway.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The starter's {@code PUT /api/v1/diffs/DIGEST}: no redirects, one try of 10 s. */
public final class StarterDiffs implements Diffs {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final Supplier<String> token;

    /**
     * @param base the starter's address, as for {@link StarterBundles}
     * @param token this worker's bearer token, asked for each time
     */
    public StarterDiffs(URI base, Supplier<String> token) {
        this.base = base;
        this.token = token;
    }

    @Override
    public Optional<String> keep(Digest digest, byte[] text) {
        String path = base.getPath().replaceAll("/+$", "") + "/api/v1/diffs/" + digest;
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token.get())
                .header("Content-Type", "text/plain; charset=utf-8")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(text))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2
                    ? Optional.empty()
                    : Optional.of("the starter " + base.getHost() + " answered " + status + " for it");
        } catch (IOException e) {
            return Optional.of("the starter " + base.getHost() + " did not take it: "
                    + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the worker shuts down");
        }
    }
}
