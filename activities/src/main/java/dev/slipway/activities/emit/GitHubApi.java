package dev.slipway.activities.emit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** GitHub's REST API, as far as deployments need it. */
final class GitHubApi {
    private static final int FORBIDDEN = 403;

    private final ObjectMapper json = new ObjectMapper();
    private final Exchange exchange;
    private final URI address;
    private final Supplier<String> token;

    /** GitHub said no, and will say so again; the message is its sentence. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    GitHubApi(URI address, Supplier<String> token, Duration patience) {
        this.address = address;
        this.token = token;
        this.exchange = new Exchange("GitHub at " + address.getHost(), patience);
    }

    JsonNode get(String path) throws Refused {
        return send(path, null);
    }

    JsonNode post(String path, Object body) throws Refused {
        return send(path, body);
    }

    private JsonNode send(String path, @Nullable Object body) throws Refused {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("Authorization", "Bearer " + token.get());
        if (body != null) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(body)));
        }
        HttpResponse<String> answer = exchange.send(request.build(), HttpResponse.BodyHandlers.ofString());
        throttled(answer);
        JsonNode said = read(answer);
        if (!Exchange.accepted(answer)) {
            throw new Refused(answer.statusCode() + " " + said.path("message").asText());
        }
        return said;
    }

    /** Both of GitHub's limits may come as a 403; only these headers tell them from a token that may not. */
    private void throttled(HttpResponse<String> answer) {
        if (answer.statusCode() != FORBIDDEN) {
            return;
        }
        Optional<String> after = answer.headers().firstValue("Retry-After");
        boolean spent = answer.headers()
                .firstValue("x-ratelimit-remaining")
                .filter("0"::equals)
                .isPresent();
        if (after.isPresent() || spent) {
            throw exchange.later(FORBIDDEN, after.or(() -> untilReset(answer)));
        }
    }

    private static Optional<String> untilReset(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("x-ratelimit-reset")
                .filter(at -> at.matches("\\d{1,12}"))
                .map(at -> Math.max(1, Long.parseLong(at) - Instant.now().getEpochSecond()))
                .map(String::valueOf);
    }

    private JsonNode read(HttpResponse<String> answer) throws Refused {
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new Refused(answer.statusCode() + " and no JSON");
        }
    }

    private byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts are always JSON", e);
        }
    }
}
