package dev.slipway.activities.emit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.activities.RetryAfter;
import dev.slipway.workflows.api.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts CloudEvents, one each. What is refused for good is an error in the log and is not tried again; 408, 429, 5xx and
 * silence are, after as long as the answer says. Redirects are not followed: an event goes where the settings say.
 */
final class EventReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(EventReceiver.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_OK = 300;
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI address;
    private final Supplier<Optional<String>> token;
    private final Duration patience;

    /**
     * @param token asked at each event; sent as a bearer token when there is one
     * @param patience with one answer, its last byte included
     */
    EventReceiver(URI address, Supplier<Optional<String>> token, Duration patience) {
        this.address = address;
        this.token = token;
        this.patience = patience;
    }

    /** Returns when it is there, or refused for good. */
    void take(CloudEvent event) {
        HttpResponse<Void> answer = post(event);
        int status = answer.statusCode();
        if (status == TOO_MANY || status == TIMED_OUT || status >= SERVER) {
            throw later(answer);
        }
        if (status < OK || status >= NOT_OK) {
            LOG.error("{} refuses event {} ({}) with {}: it is lost there", host(), event.id(), event.type(), status);
        }
    }

    private HttpResponse<Void> post(CloudEvent event) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/cloudevents+json; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(event)));
        token.get().ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        CompletableFuture<HttpResponse<Void>> answer =
                http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureType.UNREACHABLE.failure("interrupted while " + host() + " was told " + event.id());
        } catch (ExecutionException e) {
            throw FailureType.UNREACHABLE.failure(host() + " does not answer: " + e.getCause());
        } catch (TimeoutException e) {
            throw FailureType.UNREACHABLE.failure(host() + " does not answer within " + patience.toMillis() + " ms");
        } finally {
            answer.cancel(true);
        }
    }

    private byte[] body(CloudEvent event) {
        try {
            return json.writeValueAsBytes(event.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts are always JSON", e);
        }
    }

    private ApplicationFailure later(HttpResponse<Void> answer) {
        ApplicationFailure failure = FailureType.UNREACHABLE.failure(host() + " says " + answer.statusCode());
        answer.headers()
                .firstValue("Retry-After")
                .flatMap(header -> RetryAfter.of(header, Instant.now()))
                .ifPresent(failure::setNextRetryDelay);
        return failure;
    }

    /** The rest of the address may be a secret. */
    private String host() {
        return "the receiver of events at " + address.getHost();
    }
}
