package dev.slipway.starter;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Slack sends: clicks, modals that were handed in, and the slash command. Slack wants an answer within 3 s, so each is
 * only checked and handed over here, and whoever sent it hears of the outcome in Slack.
 */
@Hidden
@RestController
@ConditionalOnProperty("slipway.slack.signing-secret-file")
class SlackController {
    private static final int MOST = 256 * 1024;

    private final SlackSettings settings;
    private final SlackDesk desk;
    private final JsonMapper json;
    private final SlackSignature signature = new SlackSignature(Clock.systemUTC());

    SlackController(SlackSettings settings, SlackDesk desk, JsonMapper json) {
        this.settings = settings;
        this.desk = desk;
        this.json = json;
    }

    /** The body is taken from the stream: whoever asks for a parameter before has it parsed, and its bytes are gone. */
    @PostMapping(AuthenticationFilter.SIGNED)
    ResponseEntity<Object> hear(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST + 1);
        if (body.length > MOST) {
            throw Refusal.tooLarge("a request of Slack's has at most 256 KiB");
        }
        signature.require(
                settings.signingSecret(),
                request.getHeader("X-Slack-Request-Timestamp"),
                request.getHeader("X-Slack-Signature"),
                body);
        Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
        String payload = form.get("payload");
        if (payload == null) {
            String words = desk.command(form);
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("response_type", "ephemeral", "text", words));
        }
        try {
            desk.interaction(json.readTree(payload));
        } catch (JacksonException e) {
            throw Refusal.malformed("the payload is no JSON");
        }
        return ResponseEntity.ok().build();
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            int is = pair.indexOf('=');
            if (is > 0) {
                form.put(decoded(pair.substring(0, is)), decoded(pair.substring(is + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed("the form is malformed");
        }
    }
}
