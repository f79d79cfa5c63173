package dev.slipway.activities.check;

import dev.slipway.model.Gate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request: no redirects, five seconds for all of it, the first 64 KiB of the answer. */
final class HttpTry {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int BYTES = 64 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(LIMIT)
            .build();

    /**
     * @throws IOException with a sentence when there is no whole answer
     */
    Answer send(Gate.HttpCheck gate, URI uri) throws IOException, InterruptedException {
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<String>> asked =
                client.sendAsync(request(gate, uri), head -> new CappedText(BYTES));
        try {
            HttpResponse<String> response = asked.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body(), Duration.ofNanos(System.nanoTime() - start));
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new IOException("no whole answer within " + LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IOException(words(e.getCause() == null ? e : e.getCause()));
        }
    }

    private static HttpRequest request(Gate.HttpCheck gate, URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", "slipway-check");
        gate.body().ifPresent(b -> request.header("Content-Type", "application/json"));
        return request.method(
                        gate.method(),
                        gate.body()
                                .map(HttpRequest.BodyPublishers::ofString)
                                .orElseGet(HttpRequest.BodyPublishers::noBody))
                .build();
    }

    /** The client's exceptions often have no message. */
    private static String words(Throwable error) {
        String kind = error.getClass().getSimpleName();
        return error.getMessage() == null ? kind : kind + ": " + error.getMessage();
    }
}
