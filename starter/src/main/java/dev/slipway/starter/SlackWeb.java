package dev.slipway.starter;

import dev.slipway.slack.Answer;
import dev.slipway.slack.WebApi;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Slack's Web API while somebody waits: one try, a short limit. */
@Component
@HeardFromSlack
class SlackWeb {
    private static final Logger LOG = LoggerFactory.getLogger(SlackWeb.class);
    private static final String HOOKS = "https://hooks.slack.com/";

    private final WebApi slack;
    private final SlackSettings settings;
    private final JsonMapper json;

    SlackWeb(SlackSettings settings, JsonMapper json) {
        this.slack = new WebApi(settings.apiUrl());
        this.settings = settings;
        this.json = json;
    }

    /**
     * @throws Refusal 503 when Slack does not answer, or says no
     */
    JsonNode read(String method, Map<String, String> arguments) {
        return call(method, arguments);
    }

    /**
     * @throws Refusal 503 when Slack does not answer, or says no
     */
    JsonNode write(String method, JsonNode arguments) {
        Map<String, String> form = new LinkedHashMap<>();
        arguments
                .properties()
                .forEach(one -> form.put(
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
            int status = slack.post(responseUrl, body);
            if (status != 200) {
                LOG.warn("somebody in Slack is not told '{}': {}", text, status);
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

    private JsonNode call(String method, Map<String, String> form) {
        String bearer = settings.botToken();
        try {
            Answer said = slack.call(method, form, bearer);
            JsonNode answer = said.status() == 200
                    ? json.readTree(said.body())
                    : json.createObjectNode().put("error", "HTTP " + said.status());
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
