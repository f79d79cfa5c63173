package dev.slipway.activities.emit;

import dev.slipway.activities.RetryAfter;
import dev.slipway.workflows.api.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request and its whole answer, within a time. Redirects are not followed: what is told goes where the settings say. */
final class Exchange {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_OK = 300;
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String whom;
    private final Duration patience;

    /**
     * @param whom for messages; an address may hold a secret
     * @param patience with one answer, its last byte included
     */
    Exchange(String whom, Duration patience) {
        this.whom = whom;
        this.patience = patience;
    }

    /** The answer, whatever it says, unless it says that another time may be better: then, and without one, UNREACHABLE. */
    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
        try {
            HttpResponse<T> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            int status = response.statusCode();
            if (status == TOO_MANY || status == TIMED_OUT || status >= SERVER) {
                throw later(status, response.headers().firstValue("Retry-After"));
            }
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureType.UNREACHABLE.failure("interrupted while waiting for " + whom);
        } catch (ExecutionException e) {
            throw FailureType.UNREACHABLE.failure(whom + " does not answer: " + e.getCause());
        } catch (TimeoutException e) {
            throw FailureType.UNREACHABLE.failure(whom + " does not answer within " + patience.toMillis() + " ms");
        } finally {
            answer.cancel(true);
        }
    }

    /** Whether it says that it was taken: any 2xx. */
    static boolean accepted(HttpResponse<?> answer) {
        return answer.statusCode() >= OK && answer.statusCode() < NOT_OK;
    }

    /** To throw: another time may be better, and perhaps it was said when. */
    ApplicationFailure later(int status, Optional<String> retryAfter) {
        ApplicationFailure failure = FailureType.UNREACHABLE.failure(whom + " says " + status);
        retryAfter.flatMap(header -> RetryAfter.of(header, Instant.now())).ifPresent(failure::setNextRetryDelay);
        return failure;
    }

    @Override
    public String toString() {
        return whom;
    }
}
