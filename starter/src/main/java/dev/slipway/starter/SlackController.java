package dev.slipway.starter;

import dev.slipway.starter.SlackSignature.Flaw;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Slack sends: clicks, modals that were handed in, and the slash command. Slack wants an answer within 3 s; whatever needs
 * longer is not acknowledged as done.
 */
@RestController
@ConditionalOnProperty("slipway.slack.signing-secret-file")
class SlackController {
    private static final Logger LOG = LoggerFactory.getLogger(SlackController.class);
    private static final int MOST = 256 * 1024;

    private final SlackSettings settings;
    private final SlackDesk desk;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final SlackSignature signature = new SlackSignature(Clock.systemUTC());

    SlackController(SlackSettings settings, SlackDesk desk, JsonMapper json, MeterRegistry meters) {
        this.settings = settings;
        this.desk = desk;
        this.json = json;
        this.meters = meters;
        Arrays.stream(Flaw.values()).forEach(this::unheard);
    }

    /** The body is taken from the stream: whoever asks for a parameter before has it parsed, and its bytes are gone. */
    @PostMapping(AuthenticationFilter.SIGNED)
    ResponseEntity<Object> hear(HttpServletRequest request) throws IOException {
        byte[] body = BodyLimit.read(request, MOST, "a request of Slack's has at most 256 KiB");
        Optional<Flaw> flaw = signature.flaw(
                settings.signingSecret(),
                request.getHeader("X-Slack-Request-Timestamp"),
                request.getHeader("X-Slack-Signature"),
                body);
        if (flaw.isPresent()) {
            throw refused(flaw.get(), request.getRemoteAddr(), body);
        }
        Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
        String payload = form.get("payload");
        return payload == null ? answer(Optional.of(desk.command(form))) : answer(desk.interaction(parsed(payload)));
    }

    /** Whoever forged it learns nothing; the platform team sees it, and what Slack really said once is on record. */
    private Refusal refused(Flaw flaw, String from, byte[] body) {
        unheard(flaw).increment();
        LOG.warn("a request to Slack's endpoint is not heard, from {}: {}", from, flaw);
        if (flaw == Flaw.REPLAYED) {
            String payload = form(new String(body, StandardCharsets.UTF_8)).get("payload");
            if (payload != null) {
                desk.replayed(parsed(payload));
            }
        }
        return Refusal.notSigned();
    }

    private Counter unheard(Flaw flaw) {
        return Counter.builder("slipway.slack.unheard")
                .description("requests to Slack's endpoint that were not heard")
                .tag("why", flaw.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private JsonNode parsed(String payload) {
        try {
            return json.readTree(payload);
        } catch (JacksonException e) {
            throw Refusal.malformed("the payload is no JSON");
        }
    }

    private static ResponseEntity<Object> answer(Optional<?> body) {
        return body.<ResponseEntity<Object>>map(some -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(some))
                .orElseGet(() -> ResponseEntity.ok().build());
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
