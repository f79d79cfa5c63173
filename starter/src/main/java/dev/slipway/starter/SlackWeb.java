package dev.slipway.starter;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Slack's Web API while somebody waits: one try, a short limit. */
@Component
@ConditionalOnProperty("slipway.slack.signing-secret-file")
class SlackWeb {
    private static final Logger LOG = LoggerFactory.getLogger(SlackWeb.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String HOOKS = "https://hooks.slack.com/";

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final SlackSettings settings;
    private final JsonMapper json;

    SlackWeb(SlackSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
    }

    /**
     * @throws Refusal 503 when Slack does not answer, or says no
     */
    JsonNode read(String method, Map<String, String> arguments) {
        String form = arguments.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return call(method, "application/x-www-form-urlencoded", form);
    }

    /**
     * @throws Refusal 503 when Slack does not answer, or says no
     */
    JsonNode write(String method, JsonNode arguments) {
        return call(method, "application/json; charset=utf-8", arguments.toString());
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
            HttpResponse<String> answer = send(
                    HttpRequest.newBuilder(URI.create(responseUrl))
                            .header("Content-Type", "application/json; charset=utf-8"),
                    body);
            if (answer.statusCode() != 200) {
                LOG.warn("somebody in Slack is not told '{}': {}", text, answer.statusCode());
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

    private JsonNode call(String method, String type, String body) {
        try {
            String base = settings.apiUrl().toString().replaceAll("/+$", "") + "/";
            HttpResponse<String> response = send(
                    HttpRequest.newBuilder(URI.create(base + method))
                            .header("Content-Type", type)
                            .header("Authorization", "Bearer " + settings.botToken()),
                    body);
            JsonNode answer = response.statusCode() == 200
                    ? json.readTree(response.body())
                    : json.createObjectNode().put("error", "HTTP " + response.statusCode());
            if (answer.path("ok").asBoolean(false)) {
                return answer;
            }
            throw away(method, answer.path("error").asString("no reason"));
        } catch (IOException | JacksonException e) {
            throw away(method, String.valueOf(e.getMessage()));
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String body) throws IOException {
        try {
            return http.send(
                    request.timeout(LIMIT)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the starter stops", e);
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
