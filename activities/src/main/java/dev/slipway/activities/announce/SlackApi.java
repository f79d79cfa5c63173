package dev.slipway.activities.announce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.util.http.SlackHttpClient;
import dev.slipway.activities.RetryAfter;
import dev.slipway.workflows.api.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.FormBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Slack's Web API by slack-api-client, of which each answer is one of three: done, refused ({@link SlackRefusal}), or try
 * again, which is the retryable failure of an activity. The token is in a header and nowhere else.
 *
 * <p>Answers are read as Slack sends them and not as the library's types, which make doubles of the numbers in our metadata and
 * have to know every block that anybody else has put into the channel.
 */
public final class SlackApi {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    /** What Slack says when it is Slack that has trouble. */
    private static final Set<String> PASSING = Set.of(
            "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "timeout");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MethodsClient methods;
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
        this.methods = methods(base, (int) limit.toMillis());
        this.token = token;
        this.limit = limit;
    }

    private static MethodsClient methods(URI base, int millis) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(base.toString().replaceAll("/+$", "") + "/");
        config.setHttpClientCallTimeoutMillis(millis);
        config.setHttpClientReadTimeoutMillis(millis);
        config.setHttpClientWriteTimeoutMillis(millis);
        // its counts of calls are in memory, of one process; when to call again is what Slack's own 429 says
        config.setStatsEnabled(false);
        // it takes HTTP_PROXY for loopback too; without one of its own it obeys the JVM, as everything else here
        config.setProxyUrl(null);
        // OkHttp sends a POST anew when a connection breaks, and what Slack had done before would stand there twice
        SlackHttpClient http = new SlackHttpClient(SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .build());
        http.setConfig(config);
        return Slack.getInstance(config, http).methods();
    }

    /** A method that changes something. */
    JsonNode write(String method, ObjectNode arguments) throws SlackRefusal {
        FormBody.Builder form = new FormBody.Builder();
        arguments
                .properties()
                .forEach(one -> form.add(
                        one.getKey(),
                        one.getValue().isValueNode()
                                ? one.getValue().asText()
                                : one.getValue().toString()));
        return call(method, form);
    }

    /** A method that only reads. */
    JsonNode read(String method, Map<String, String> arguments) throws SlackRefusal {
        FormBody.Builder form = new FormBody.Builder();
        arguments.forEach(form::add);
        return call(method, form);
    }

    private JsonNode call(String method, FormBody.Builder form) throws SlackRefusal {
        String bearer = token.get();
        try (Response response = methods.runPostFormWithToken(form, method, bearer)) {
            if (response.code() == 429) {
                throw tooMany(method, response.header("Retry-After"));
            }
            if (response.code() != 200) {
                throw away(method, "answered " + response.code());
            }
            return told(method, response.body().string(), response.header("Retry-After"));
        } catch (InterruptedIOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw FailureType.DRAINING.failure("the worker shuts down");
            }
            throw away(method, "did not answer within " + limit.toMillis() + " ms");
        } catch (IOException e) {
            throw away(method, "cannot be reached: " + e);
        }
    }

    private static JsonNode told(String method, String body, @Nullable String retryAfter) throws SlackRefusal {
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

    private static ApplicationFailure tooMany(String method, @Nullable String retryAfter) {
        Duration pause = Optional.ofNullable(retryAfter)
                .flatMap(header -> RetryAfter.of(header, Instant.now()))
                .orElse(PAUSE);
        ApplicationFailure failure = away(method, "wants no call for " + pause.toSeconds() + " s");
        failure.setNextRetryDelay(pause);
        return failure;
    }
}
