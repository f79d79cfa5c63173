package dev.slipway.activities.bundle;

import dev.slipway.model.Digest;
import dev.slipway.workflows.api.FailureType;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The starter's {@code GET /api/v1/bundles/DIGEST}: no redirects, 1 MiB at most, 30 s at most. */
public final class StarterBundles implements BundleSource {
    /** The same limit as for the one who packs. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final StarterApi starter;

    /**
     * @param base the starter's address, such as {@code https://slipway.example.com}
     * @param token this worker's bearer token, asked for at each fetch
     * @throws IllegalArgumentException when the address is no plain http or https URL
     */
    public StarterBundles(URI base, Supplier<String> token) {
        this.starter = new StarterApi(base, token);
    }

    @Override
    public byte[] fetch(Digest digest) {
        HttpRequest request = starter.request("/api/v1/bundles/" + digest).GET().build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                starter.client().sendAsync(request, response -> new LimitedBody(MOST_BYTES));
        try {
            return content(digest, answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            throw FailureType.UNREACHABLE.failure(
                    starter + " does not send the bundle " + digest + ": " + e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw FailureType.UNREACHABLE.failure(starter + " did not send the bundle " + digest + " within " + LIMIT);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw FailureType.DRAINING.failure("the worker shuts down");
        }
    }

    private byte[] content(Digest digest, HttpResponse<byte[]> response) {
        String what = starter + " answered " + response.statusCode() + " for the bundle " + digest;
        return switch (response.statusCode()) {
            case 200 -> response.body();
            case 404 -> throw FailureType.MISSING.failure(what + ": it has no such bundle");
            case 401, 403 -> throw FailureType.FORBIDDEN.failure(what + ": check this worker's token");
            default -> throw FailureType.UNREACHABLE.failure(what);
        };
    }
}
