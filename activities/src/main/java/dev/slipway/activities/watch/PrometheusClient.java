package dev.slipway.activities.watch;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Instant queries to one Prometheus (or what speaks its API). No redirects, a limit in time and size for each query, and
 * whatever is not a complete answer is a {@link PrometheusException}; an empty list is a complete answer.
 */
public final class PrometheusClient implements CounterSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long SIZE_LIMIT = 32L << 20;

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final LabelSets labelSets = new LabelSets();
    private final URI query;
    private final Duration timeout;
    private final long sizeLimit;

    /**
     * @param base such as {@code http://prometheus:9090}, with a path prefix if there is one
     */
    public PrometheusClient(URI base) {
        this(base, TIMEOUT, SIZE_LIMIT);
    }

    PrometheusClient(URI base, Duration timeout, long sizeLimit) {
        this.query = URI.create(base.toString().replaceAll("/+$", "") + "/api/v1/query");
        this.timeout = timeout;
        this.sizeLimit = sizeLimit;
    }

    @Override
    public Instant now() throws PrometheusException {
        return ask("query=time()").evaluatedAt();
    }

    @Override
    public List<Series> samples(Selector selector, Duration range, Instant at) throws PrometheusException {
        long millis = Math.max(1, range.toMillis());
        return ask(form(selector + "[" + millis + "ms]", at)).series();
    }

    @Override
    public List<Series> latest(Selector selector, Instant at) throws PrometheusException {
        return ask(form(selector.toString(), at)).series();
    }

    private static String form(String promql, Instant at) {
        return "query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8) + "&time=" + at.getEpochSecond()
                + String.format(".%03d", at.getNano() / 1_000_000);
    }

    private PrometheusAnswer ask(String form) throws PrometheusException {
        HttpRequest request = HttpRequest.newBuilder(query)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<byte[]> response = send(request);
        return PrometheusAnswer.parse(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body(),
                labelSets);
    }

    /**
     * The future's limit covers the body too, which the request's own would not. There is only this one: of two that end at
     * the same time either may be first, and each is reported in other words.
     */
    private HttpResponse<byte[]> send(HttpRequest request) throws PrometheusException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, CappedBody.of(sizeLimit));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new PrometheusException(
                    "Prometheus at " + host() + " did not answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new PrometheusException("Prometheus at " + host() + " cannot be reached: " + words(e), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new PrometheusException("interrupted while asking Prometheus at " + host(), e);
        }
    }

    /** Without user info, which may hold a password. */
    private String host() {
        return query.getPort() < 0 ? query.getHost() : query.getHost() + ":" + query.getPort();
    }

    private static String words(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause instanceof IOException ? cause.getMessage() : cause.toString();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
