package dev.slipway.activities.watch;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks pods for their metrics: no redirects, no proxy, a limit in time and in size for each answer. */
final class Scraper {
    private final HttpClient http;
    private final Duration timeout;
    private final long sizeLimit;

    Scraper(Duration timeout, long sizeLimit) {
        this.timeout = timeout;
        this.sizeLimit = sizeLimit;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(timeout)
                .build();
    }

    /** What the pod says of these metrics; the future fails when that is not a complete answer, and holds no thread. */
    CompletableFuture<List<Scraped>> scrape(URI pod, Set<String> metrics) {
        try {
            return ask(pod).thenApplyAsync(response -> read(response, metrics));
        } catch (IllegalArgumentException e) {
            // an annotation that makes no address is this pod's trouble, not that of the others
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> ask(URI pod) {
        HttpRequest request = HttpRequest.newBuilder(pod)
                .timeout(timeout)
                .header("Accept", "text/plain;version=0.0.4")
                .header("User-Agent", "slipway")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, CappedBody.of(sizeLimit));
        // the request's own limit covers the headers only
        return answer.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failure) -> answer.cancel(true));
    }

    private static List<Scraped> read(HttpResponse<byte[]> response, Set<String> metrics) {
        try {
            if (response.statusCode() != 200) {
                throw new ScrapeException("it answers " + response.statusCode());
            }
            String type = response.headers().firstValue("Content-Type").orElse("");
            return Exposition.read(type, response.body(), metrics);
        } catch (ScrapeException e) {
            throw new CompletionException(e);
        }
    }

    /** Why a scrape failed, in words. */
    static String words(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException) {
            return "it does not answer in time";
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
