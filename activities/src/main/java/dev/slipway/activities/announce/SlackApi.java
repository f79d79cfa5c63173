package dev.slipway.activities.announce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.workflows.api.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Slack's Web API, of which each answer is one of three: done, refused ({@link SlackRefusal}), or try again, which is the
 * retryable failure of an activity. The token is in a header and nowhere else.
 */
public final class SlackApi {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long PAUSE = 30;
    private static final long LONGEST_PAUSE = 3600;
    /** What Slack says when it is Slack that has trouble. */
    private static final Set<String> PASSING = Set.of(
            "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "timeout");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final String base;
    private final Supplier<String> token;
    private final Duration limit;

    /**
     * @param base such as {@code https://slack.com/api/}
     * @param token asked for at each call, so that it can be changed
     */
    public SlackApi(URI base, Supplier<String> token) {
        this(base, token, LIMIT);
    }

    SlackApi(URI base, Supplier<String> token, Duration limit) {
        this.base = base.toString().replaceAll("/+$", "") + "/";
        this.token = token;
        this.limit = limit;
    }

    /** A method that changes something. */
    JsonNode write(String method, ObjectNode arguments) throws SlackRefusal {
        return call(method, "application/json; charset=utf-8", arguments.toString());
    }

    /** A method that only reads; Slack takes no JSON for these. */
    JsonNode read(String method, Map<String, String> arguments) throws SlackRefusal {
        String form = arguments.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return call(method, "application/x-www-form-urlencoded", form);
    }

    private JsonNode call(String method, String type, String body) throws SlackRefusal {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + method))
                .header("Content-Type", type)
                .header("Authorization", "Bearer " + token.get())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = send(method, request);
        if (response.statusCode() == 429) {
            throw tooMany(method, response.headers().firstValue("Retry-After").orElse(""));
        }
        if (response.statusCode() != 200) {
            throw away(method, "answered " + response.statusCode());
        }
        return told(method, response);
    }

    private static JsonNode told(String method, HttpResponse<String> response) throws SlackRefusal {
        JsonNode answer = parsed(method, response.body());
        if (answer.path("ok").asBoolean()) {
            return answer;
        }
        String error = answer.path("error").asText("no reason");
        if (error.equals("ratelimited") || error.equals("rate_limited")) {
            throw tooMany(method, response.headers().firstValue("Retry-After").orElse(""));
        }
        if (PASSING.contains(error)) {
            throw away(method, "has trouble: " + error);
        }
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

    /** The future's limit covers the body too; a limit of the request would cover only the headers. */
    private HttpResponse<String> send(String method, HttpRequest request) {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw away(method, "did not answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw away(method, "cannot be reached: " + e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw FailureType.DRAINING.failure("the worker shuts down");
        }
    }

    private static ApplicationFailure away(String method, String what) {
        return FailureType.UNREACHABLE.failure("Slack (" + method + ") " + what);
    }

    private static ApplicationFailure tooMany(String method, String retryAfter) {
        long seconds = retryAfter.matches("\\d{1,9}") ? Long.parseLong(retryAfter) : PAUSE;
        Duration pause = Duration.ofSeconds(Math.max(1, Math.min(LONGEST_PAUSE, seconds)));
        return ApplicationFailure.newBuilder()
                .setMessage("Slack (" + method + ") wants no call for " + pause.toSeconds() + " s")
                .setType(FailureType.UNREACHABLE.name())
                .setNextRetryDelay(pause)
                .build();
    }
}
