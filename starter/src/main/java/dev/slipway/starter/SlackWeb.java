package dev.slipway.starter;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import com.slack.api.webhook.WebhookResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import okhttp3.FormBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Slack's Web API by slack-api-client, while somebody waits: one try, a short limit. */
@Component
@ConditionalOnProperty("slipway.slack.signing-secret-file")
class SlackWeb {
    private static final Logger LOG = LoggerFactory.getLogger(SlackWeb.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String HOOKS = "https://hooks.slack.com/";

    private final Slack slack;
    private final SlackSettings settings;
    private final JsonMapper json;

    SlackWeb(SlackSettings settings, JsonMapper json) {
        this.slack = slack(settings.apiUrl(), (int) LIMIT.toMillis());
        this.settings = settings;
        this.json = json;
    }

    private static Slack slack(URI base, int millis) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(base.toString().replaceAll("/+$", "") + "/");
        config.setHttpClientCallTimeoutMillis(millis);
        config.setHttpClientReadTimeoutMillis(millis);
        config.setHttpClientWriteTimeoutMillis(millis);
        // its counts of calls are in memory, and nothing here is put off by them
        config.setStatsEnabled(false);
        // it takes HTTP_PROXY for loopback too; without one of its own it obeys the JVM, as everything else here
        config.setProxyUrl(null);
        // OkHttp sends a POST anew when a connection breaks, and one word would be said twice
        SlackHttpClient http = new SlackHttpClient(SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .build());
        http.setConfig(config);
        return Slack.getInstance(config, http);
    }

    /**
     * @throws Refusal 503 when Slack does not answer, or says no
     */
    JsonNode read(String method, Map<String, String> arguments) {
        FormBody.Builder form = new FormBody.Builder();
        arguments.forEach(form::add);
        return call(method, form);
    }

    /**
     * @throws Refusal 503 when Slack does not answer, or says no
     */
    JsonNode write(String method, JsonNode arguments) {
        FormBody.Builder form = new FormBody.Builder();
        arguments
                .properties()
                .forEach(one -> form.add(
                        one.getKey(),
                        one.getValue().isValueNode()
                                ? one.getValue().asString()
                                : one.getValue().toString()));
        return call(method, form);
    }

    /** Tells the person who sent something, and nobody else; what cannot be told is in the log. */
    void whisper(String responseUrl, String text) {
        if (!responseUrl.startsWith(HOOKS) && !ours(responseUrl)) {
            LOG.warn(
                    "somebody in Slack is not told, for this is no address of Slack's: {}", SafeText.line(responseUrl));
            return;
        }
        String body =
                json.writeValueAsString(Map.of("response_type", "ephemeral", "replace_original", false, "text", text));
        try {
            WebhookResponse answer = slack.send(responseUrl, body);
            if (answer.getCode() != 200) {
                LOG.warn("somebody in Slack is not told '{}': {}", text, answer.getCode());
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("somebody in Slack is not told '{}'", text, e);
        }
    }

    /** Where Slack stands for another one, such as in the lab, its hooks are there too. */
    private boolean ours(String url) {
        URI api = settings.apiUrl();
        return !"slack.com".equals(api.getHost()) && url.startsWith(api.getScheme() + "://" + api.getAuthority() + "/");
    }

    private JsonNode call(String method, FormBody.Builder form) {
        String bearer = settings.botToken();
        try (Response response = slack.methods().runPostFormWithToken(form, method, bearer)) {
            JsonNode answer = response.code() == 200
                    ? json.readTree(response.body().string())
                    : json.createObjectNode().put("error", "HTTP " + response.code());
            if (answer.path("ok").asBoolean(false)) {
                return answer;
            }
            throw away(method, answer.path("error").asString("no reason"));
        } catch (IOException | JacksonException e) {
            throw away(method, String.valueOf(e.getMessage()));
        }
    }

    private static Refusal away(String method, String why) {
        LOG.warn("Slack's {} failed: {}", method, SafeText.line(why));
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "slack-unreachable",
                "Slack does not answer",
                "Slack (" + method + ") says: " + why + "; nothing was done",
                "try again, or use slipway approve, slipway reject");
    }
}
