package dev.slipway.activities.announce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.activities.RetryAfter;
import dev.slipway.slack.Answer;
import dev.slipway.slack.WebApi;
import dev.slipway.workflows.api.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Slack's Web API for an activity: each answer is one of three: done, refused ({@link SlackRefusal}), or try again, which is
 * the retryable failure of an activity.
 */
public final class SlackApi {
    private static final Duration PAUSE = Duration.ofSeconds(30);
    /** What Slack says when it is Slack that has trouble. */
    private static final Set<String> PASSING = Set.of(
            "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "timeout");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebApi web;
    private final Supplier<String> token;
    private final BiConsumer<String, String> refusals;

    /**
     * @param base such as {@code https://slack.com/api/}
     * @param token asked for at each call, so that it can be changed
     */
    public SlackApi(URI base, Supplier<String> token) {
        this(base, token, (method, error) -> {});
    }

    /**
     * As the other one.
     *
     * @param refusals hears of each no: of the method, and of Slack's word for why
     */
    public SlackApi(URI base, Supplier<String> token, BiConsumer<String, String> refusals) {
        this(new WebApi(base), token, refusals);
    }

    SlackApi(WebApi web, Supplier<String> token, BiConsumer<String, String> refusals) {
        this.web = web;
        this.token = token;
        this.refusals = refusals;
    }

    /** A method that changes something. */
    JsonNode write(String method, ObjectNode arguments) throws SlackRefusal {
        Map<String, String> form = new LinkedHashMap<>();
        arguments
                .properties()
                .forEach(one -> form.put(
                        one.getKey(),
                        one.getValue().isValueNode()
                                ? one.getValue().asText()
                                : one.getValue().toString()));
        return call(method, form);
    }

    /** A method that only reads. */
    JsonNode read(String method, Map<String, String> arguments) throws SlackRefusal {
        return call(method, arguments);
    }

    private JsonNode call(String method, Map<String, String> form) throws SlackRefusal {
        String bearer = token.get();
        try {
            Answer answer = web.call(method, form, bearer);
            if (answer.status() == 429) {
                throw tooMany(method, answer.retryAfter());
            }
            if (answer.status() != 200) {
                throw away(method, "answered " + answer.status());
            }
            return told(method, answer.body(), answer.retryAfter());
        } catch (InterruptedIOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw FailureType.DRAINING.failure("the worker shuts down");
            }
            throw away(method, "did not answer within " + web.limit().toMillis() + " ms");
        } catch (IOException e) {
            throw away(method, "cannot be reached: " + e);
        }
    }

    private JsonNode told(String method, String body, Optional<String> retryAfter) throws SlackRefusal {
        JsonNode answer = parsed(method, body);
        if (answer.path("ok").asBoolean()) {
            return answer;
        }
        String error = answer.path("error").asText("no reason");
        if (error.equals("ratelimited") || error.equals("rate_limited")) {
            throw tooMany(method, retryAfter);
        }
        if (PASSING.contains(error)) {
            throw away(method, "has trouble: " + error);
        }
        refusals.accept(method, error);
        throw new SlackRefusal(method, error);
    }

    private static JsonNode parsed(String method, String body) {
        try {
            JsonNode answer = JSON.readTree(body);
            if (answer != null && answer.isObject()) {
                return answer;
            }
        } catch (JsonProcessingException e) {
            throw away(method, "answered with something that is no JSON");
        }
        throw away(method, "answered with something that is no JSON object");
    }

    private static ApplicationFailure away(String method, String what) {
        return FailureType.UNREACHABLE.failure("Slack (" + method + ") " + what);
    }

    private static ApplicationFailure tooMany(String method, Optional<String> retryAfter) {
        Duration pause = retryAfter
                .flatMap(header -> RetryAfter.of(header, Instant.now()))
                .orElse(PAUSE);
        ApplicationFailure failure = away(method, "wants no call for " + pause.toSeconds() + " s");
        failure.setNextRetryDelay(pause);
        return failure;
    }
}
